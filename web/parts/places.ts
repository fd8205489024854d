import { paths } from '../paths.ts'

/** Where a thing has its page, by the kind in a reference such as `ticket:<id>`, and the word for it. */
export const places: Readonly<Record<string, readonly [word: string, path: (id: string, name: string) => string]>> = {
  ticket: ['ticket', (id, number) => paths.ticket(number || id)],
  alert: ['alert', paths.alert],
  monitor: ['monitor', paths.monitor],
  job: ['job', paths.job],
  service: ['service', paths.service],
  host: ['host', paths.host],
  unit: ['business unit', paths.businessUnit],
  user: ['person', paths.person],
  team: ['team', paths.team],
  source: ['source', paths.source],
  knowledge: ['article', (id, number) => paths.knowledgeItem(number || id)],
  schedule: ['schedule', paths.schedule],
  policy: ['escalation policy', paths.policy],
  deadline: ['deadline', paths.chain],
}

/** What an event is about, of all that it touches: its ticket if there is one, or else what it begins with. */
export const mainThing = (
  about: readonly { ref: string; name: string }[],
): { name: string; to: string | undefined } | undefined => {
  const thing = about.find(({ ref }) => ref.startsWith('ticket:')) ?? about[0]
  if (!thing) return undefined
  const [kind = '', id = ''] = thing.ref.split(':')
  return { name: thing.name, to: places[kind]?.[1](id, thing.name) }
}
