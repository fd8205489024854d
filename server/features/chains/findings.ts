import type { Finding } from '../../../contract/chains/night.ts'
import type { NightInput } from './night-input.ts'
import { type Finding as GraphFinding, findingsOf as graphFindings } from './predict/findings.ts'
import type { Predicted } from './predict/forward.ts'

const SHOWN = 5
const MOST = 50

const some = (names: readonly string[]): string =>
  names.length > SHOWN ? `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more` : names.join(', ')

/** What is wrong or uncertain about a chain, in sentences. Nothing of it ends the prediction. */
export const findingsOf = (
  { graph, jobs, models }: Pick<NightInput, 'graph' | 'jobs' | 'models'>,
  predicted: Predicted | null,
): Finding[] => {
  const named = (places: readonly number[]) =>
    places.slice(0, MOST).flatMap((i) => {
      const job = jobs[i]
      return job ? [{ id: job.id, name: job.name }] : []
    })
  const nameOf = (place: number | null) => (place === null ? '' : (jobs[place]?.name ?? ''))
  const found = graphFindings(graph)
    .slice(0, MOST)
    .map((one): Finding => ({ kind: one.kind, jobs: named(placesOf(one)), message: messageOf(one, nameOf) }))
  for (const { node, kind, name } of (predicted?.assumptions ?? []).slice(0, MOST))
    found.push({
      kind: 'assumed',
      jobs: named([node]),
      message: `${jobs[node]?.name ?? 'A job'} waits for the ${kind === 'file' ? 'file' : 'variable'} ${name}, of which nothing is known here; it is taken to be as wanted.`,
    })
  for (const node of [...(predicted?.outside ?? [])].slice(0, MOST))
    found.push({
      kind: 'outside_history',
      jobs: named([node]),
      message: `${jobs[node]?.name ?? 'A job'} has been running for longer than ever before; its end is a guess.`,
    })
  const unknown = jobs.flatMap((job, i) => (!job.waits.isBox && models[i]?.basis === 'none' ? [i] : []))
  if (unknown.length > 0)
    found.push({
      kind: 'no_statistics',
      jobs: named(unknown),
      message: `How long ${some(named(unknown).map((j) => j.name))} ${unknown.length === 1 ? 'takes' : 'take'} is not known: there are no runs to go by.`,
    })
  return found
}

const placesOf = (one: GraphFinding): readonly number[] => {
  if (one.kind === 'circle') return one.nodes
  return one.kind === 'latch' ? [one.node, one.of] : [one.node]
}

const messageOf = (one: GraphFinding, nameOf: (place: number | null) => string): string => {
  if (one.kind === 'dangling')
    return `${nameOf(one.node)} waits for ${one.ref}, which nobody knows: it would wait for ever. Import that job too, or mend the condition.`
  if (one.kind === 'contradiction')
    return `The condition of ${nameOf(one.node)} asks of ${one.name ?? nameOf(one.of)} for two things that are never both so.`
  if (one.kind === 'latch')
    return `${nameOf(one.node)} may start on a success of ${nameOf(one.of)} of the night before: its condition does not say which run counts.`
  const names = some(one.nodes.map(nameOf).toSorted())
  return one.mutex
    ? `${names} wait for each other not to run, which is in order: one of them goes first.`
    : `${names} wait for each other, so that none of them can be the first.`
}
