import type { Page } from 'playwright-core'
import type { PersonName } from '../../dev/seed/people.ts'
import { paths } from '../../web/paths.ts'
import type { SmtpSink } from '../harness/smtp-sink.ts'

/** A page with an address of this installation; `as` is who looks at it. */
export type Sample = { name: string; path: string; as: PersonName | undefined }

type Item = Record<string, unknown>
type Read = (path: string) => Promise<Item>
const itemsOf = (list: Item) => list.items as Item[]

/** Where the argument of an address comes from: the first of a list of the API, and which of its fields. */
const lists: Record<string, readonly [list: string, field: string]> = {
  [paths.ticket('')]: ['/tickets?view=recent', 'number'],
  [paths.disturbance('')]: ['/disturbances', 'number'],
  [paths.askFor('')]: ['/request-types', 'slug'],
  [paths.requestType('')]: ['/request-types', 'slug'],
  [paths.alert('')]: ['/alerts', 'id'],
  [paths.monitor('')]: ['/monitors', 'id'],
  [paths.job('')]: ['/jobs', 'id'],
  [paths.scheduler('')]: ['/schedulers', 'id'],
  [paths.chain('')]: ['/deadlines', 'id'],
  [paths.schedule('')]: ['/schedules', 'id'],
  [paths.policy('')]: ['/escalation-policies', 'id'],
  [paths.service('')]: ['/services', 'id'],
  [paths.host('')]: ['/hosts', 'id'],
  [paths.businessUnit('')]: ['/business-units', 'id'],
  [paths.knowledgeItem('')]: ['/knowledge?kind=known_error', 'number'],
  [paths.person('')]: ['/users', 'id'],
  [paths.team('')]: ['/teams', 'id'],
  [paths.source('')]: ['/sources', 'id'],
  [paths.route('')]: ['/alert-routes', 'id'],
  [paths.slaPolicy('')]: ['/sla-policies', 'id'],
  [paths.schedulerAction('')]: ['/scheduler-actions', 'id'],
  [paths.calendar('')]: ['/calendars', 'id'],
}

/** These have their argument from a mail. */
const mailed = [paths.firstRun(''), paths.acknowledge(''), paths.approve('')]

/** Pages that are worth another look: as a wall shows them, and as those who ask see them. */
const more = async (read: Read): Promise<Sample[]> => {
  const [runbook] = itemsOf(await read('/knowledge?kind=runbook'))
  const his = itemsOf(await read('/tickets?view=recent&limit=200')).find(
    ({ requester }) => (requester as { name: string } | null)?.name === 'M. Laurent',
  )
  return [
    { name: 'wall', path: `${paths.floor()}?wall=1`, as: 'marta' },
    { name: 'runbook', path: paths.knowledgeItem(String(runbook?.number)), as: 'marta' },
    { name: 'portal', path: paths.floor(), as: 'laurent' },
    { name: 'portal-report', path: paths.newTicket(), as: 'laurent' },
    { name: 'portal-ticket', path: paths.ticket(String(his?.number)), as: 'laurent' },
  ]
}

type Route = { path: string; framed: boolean }

/** What the running application can show, from its own table; so no page can be forgotten here. */
const routesOf = (page: Page): Promise<Route[]> =>
  page.evaluate(`Object.values(__TSR_ROUTER__.routesById)
    .filter(({ options }) => options.path && options.path !== '$')
    .map(({ fullPath, parentRoute }) => ({ path: fullPath, framed: parentRoute.id === '/frame' }))`)

const kebab = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The function of `paths` that spells this pattern names its picture. */
const nameOf = (pattern: string): string => {
  const bare = (path: string) => path.replace(/\?.*/, '').replaceAll(/\$\w*/g, '$')
  const spelled = Object.entries(paths).find(
    ([, spell]) => bare((spell as (part: string) => string)('$')) === bare(pattern),
  )
  if (!spelled) throw new Error(`web/paths.ts does not spell ${pattern}.`)
  return kebab(spelled[0])
}

/**
 * Every page with an address. `full`: each has one, or it is told which has none; otherwise pages of things that are
 * not there are left out. `page` shows the application to somebody who is signed in.
 */
export const everyPage = async (page: Page, read: Read, sink: SmtpSink, full: boolean): Promise<Sample[]> => {
  const mails = sink.messages().map(({ text }) => text)
  const sampleOf = async (pattern: string): Promise<string | undefined> => {
    const stem = pattern.slice(0, pattern.indexOf('$'))
    const fill = (part: unknown) => pattern.replace(/\$\w+/, encodeURIComponent(String(part)))
    if (mailed.includes(stem)) {
      const link = mails.map((text) => new RegExp(`${stem}([^\\s?]+)`).exec(text)?.[1]).find(Boolean)
      return link && fill(link)
    }
    const known = lists[stem]
    if (!known)
      throw new Error(`The page ${pattern} has no sample: say in test/e2e/every-page.ts where one comes from.`)
    const [item] = itemsOf(await read(known[0]))
    return item && fill(item[known[1]])
  }
  const samples: Sample[] = []
  for (const { path: pattern, framed } of await routesOf(page)) {
    const path = pattern.includes('$') ? await sampleOf(pattern) : pattern
    if (path) samples.push({ name: nameOf(pattern), path, as: framed ? 'marta' : undefined })
    else if (full) throw new Error(`The page ${pattern} has no sample: nothing of the kind is in the seeded day.`)
  }
  return full ? [...samples, ...(await more(read))] : samples
}
