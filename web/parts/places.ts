import { paths } from '../paths.ts'

/** Where a thing has its page, by the kind in a reference such as `ticket:<id>`. */
const places: Readonly<Record<string, (id: string, name: string) => string>> = {
  ticket: (_, number) => paths.ticket(number),
  alert: paths.alert,
  monitor: paths.monitor,
  job: paths.job,
  service: paths.service,
  health: paths.service,
  host: paths.host,
  unit: paths.businessUnit,
  user: paths.person,
  team: paths.team,
  source: paths.source,
  knowledge: (_, number) => paths.knowledgeItem(number),
  schedule: paths.schedule,
  policy: paths.policy,
  deadline: paths.chain,
}

/** What an event is about, of all that it touches: its ticket if there is one, or else what it begins with. */
export const mainThing = (
  about: readonly { ref: string; name: string }[],
): { name: string; to: string | undefined } | undefined => {
  const thing = about.find(({ ref }) => ref.startsWith('ticket:')) ?? about[0]
  if (!thing) return undefined
  const [kind = '', id = ''] = thing.ref.split(':')
  return { name: thing.name, to: places[kind]?.(id, thing.name) }
}
