import type { z } from 'zod'
import type { deadlineListRow } from '../../../contract/chains/deadline.ts'
import type { TicketRow } from '../../../contract/desk/shapes.ts'
import type { jobAtRisk } from '../../../contract/jobs/shapes.ts'
import { paths } from '../../paths.ts'
import { type Instant, millis } from '../../ui/time.ts'

export type JobAtRisk = z.output<typeof jobAtRisk>
type Clocked = Pick<TicketRow, 'id' | 'number' | 'title' | 'priority' | 'dueAt' | 'dueClock' | 'assignee' | 'team'>

/** Something that has not gone wrong yet, or only just: what, by when, why it is here, and whose it is. */
export type Risk = {
  id: string
  to: string
  title: string
  /** When somebody is told or a promise is broken; null: it has been told already. */
  at: Instant | null
  words: string
  who: string | null
  state: 'late' | 'missing' | 'running_long' | 'clock'
}

const clockWords = {
  first_response: 'first reply',
  update: 'next update',
  resolution: 'solution',
  cut_off: 'cut-off',
} as const

const ofTicket = ({ id, number, title, dueAt, dueClock, assignee, team }: Clocked): Risk => ({
  id,
  to: paths.ticket(number),
  title,
  at: dueAt,
  words: `${dueClock ? clockWords[dueClock] : 'clock'} of ${number}`,
  who: assignee?.name ?? team?.name ?? null,
  state: 'clock',
})

const ofJob = (job: JobAtRisk, now: number): Risk => {
  const { id, name, state, reason, deadlineAt, team, environment } = job
  return {
    id,
    to: paths.job(id),
    title: name,
    at: deadlineAt && millis(deadlineAt) > now ? deadlineAt : null,
    words: environment === 'prod' ? reason : `${environment}: ${reason}`,
    who: team?.name ?? null,
    state: state === 'missing' || state === 'running_long' ? state : 'late',
  }
}

type Listed = z.output<typeof deadlineListRow>
/** With the night that it is about. */
export type DeadlineAtRisk = Listed & { night: NonNullable<Listed['night']> }

const near = 4 * 3_600_000

/** Those that are due within four hours, or are late already: the next one first. */
export const deadlinesAtRisk = (rows: readonly Listed[], now: number): DeadlineAtRisk[] =>
  rows
    .filter((row): row is DeadlineAtRisk => row.night !== null && millis(row.night.dueAt) < now + near)
    .toSorted((a, b) => millis(a.night.dueAt) - millis(b.night.dueAt))

/** Clocks of tickets that do not stand on the floor as broken already. */
export const besides = <One extends { id: string }>(
  tickets: readonly One[],
  broken: readonly { id: string }[],
): One[] => {
  const shown = new Set(broken.map(({ id }) => id))
  return tickets.filter(({ id }) => !shown.has(id))
}

/** Jobs of which somebody has been told already first, as urgent as they came; then all by what is left. */
export const risksOf = (jobs: readonly JobAtRisk[], tickets: readonly Clocked[], now: number): Risk[] => {
  const all = [...jobs.map((job) => ofJob(job, now)), ...tickets.map(ofTicket)]
  const at = (risk: Risk) => (risk.at === null ? Number.NEGATIVE_INFINITY : millis(risk.at))
  return all.toSorted((a, b) => {
    const [first, second] = [at(a), at(b)]
    return first === second ? 0 : first - second
  })
}
