import { sql } from 'kysely'
import { jobsKind } from '../../../contract/alerts/words.ts'
import type { Environment } from '../../../contract/base.ts'
import type { NightState } from '../../../contract/chains/words.ts'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { cut, sentence } from '../../platform/text.ts'
import { jobSource, reportSignals, type Signal } from '../alerts/index.ts'
import { zonedWords } from '../jobs/index.ts'
import { outlookWords, type TellingWords, titleOf } from './night-words.ts'

/** What an alert of a night carries. */
export type Telling = TellingWords & {
  deadlineId: string
  date: string
  environment: Environment
  /** Slug of the service that it hurts. */
  service: string | null
  teamId: string | null
  consequence: string
  audience: string
  cost: string
  units: string[]
}

const prefixOf = (deadlineId: string): string => `deadline:${deadlineId}:`
export const dedupKeyOf = (deadlineId: string, date: string): string => `${prefixOf(deadlineId)}${date}`

const SUMMARY = 500
const DETAILS = 9_500

type Open = {
  id: string
  date: string
  status: string
  acknowledgedBy: string | null
  ticketId: string | null
  number: string | null
  state: string | null
}

/** Open alerts of a deadline with their tickets. The key of an alert is its deadline and date, so that a prefix is a range. */
export const openAlertsOf = async (db: Db, deadlineId: string): Promise<Open[]> => {
  const prefix = prefixOf(deadlineId)
  const { rows } = await sql<Open & { key: string }>`
    select a.id, a.dedup_key as key, a.status, a.acknowledged_by ->> 'name' as "acknowledgedBy", t.id as "ticketId", t.number, t.state
    from sources s join alerts a on a.source_id = s.id left join tickets t on t.id = a.ticket_id
    where s.kind = ${jobsKind} and a.dedup_key = any(${await keysOf(db, deadlineId)}::text[]) and a.status in ('firing', 'blind')
    order by a.started_at`.execute(db)
  return rows.map(({ key, ...r }) => ({ ...r, date: key.slice(prefix.length) }))
}

const keysOf = async (db: Db, deadlineId: string): Promise<string[]> => {
  const { rows } = await sql<{ date: string }>`
    select business_date::text as date from chain_nights where deadline_id = ${deadlineId} and told`.execute(db)
  return rows.map(({ date }) => dedupKeyOf(deadlineId, date))
}

const severityOf = (state: NightState, environment: Environment): Signal['severity'] => {
  if (environment !== 'prod' || state === 'at_risk') return 'low'
  return state === 'late' ? 'high' : 'medium'
}

/** The signal that tells alerts of a night: what is wrong with it, or that it is right again. */
export const signalOf = (t: Telling, firing: boolean, now: number, baseUrl: string | undefined): Signal => ({
  kind: firing ? 'firing' : 'resolved',
  dedupKey: dedupKeyOf(t.deadlineId, t.date),
  at: null,
  severity: severityOf(t.state, t.environment),
  summary: cut(titleOf(t, now), SUMMARY),
  details: cut(detailsOf(t, now), DETAILS),
  told: [t.name, t.culprit?.name, t.blocked, t.consequence].filter(Boolean).join('\n'),
  ...(t.service ? { service: t.service } : {}),
  ...(t.teamId ? { team: t.teamId } : {}),
  environment: t.environment,
  labels: {
    deadline: t.name,
    'business date': t.date,
    what: t.state.replaceAll('_', ' '),
    ...(t.culprit ? { 'act on': t.culprit.name } : {}),
  },
  links: baseUrl ? [{ label: 'Chain', url: `${baseUrl}/chains/${t.deadlineId}?date=${t.date}` }] : [],
})

const noEnd = ({ state }: Telling): string =>
  state === 'blocked' ? 'it does not end unless somebody acts' : 'nobody can say when it ends'

/** Its name stands before it already. */
const whyOf = ({ name, why }: NonNullable<Telling['culprit']>): string =>
  why.startsWith(`${name} `) ? `it${why.slice(name.length)}` : why

const detailsOf = (t: Telling, now: number): string =>
  [
    `As of ${zonedWords(now, t.zone, now)}: ${outlookWords(t, now) || noEnd(t)}.`,
    ...(t.culprit ? [`Act on ${t.culprit.name}: ${sentence(whyOf(t.culprit))}`] : []),
    ...(t.culprit?.rerunBy ? [`A run of it that begins anew makes the deadline until ${t.culprit.rerunBy}.`] : []),
    '',
    ...(t.consequence ? [`If it slips: ${sentence(t.consequence)}`] : []),
    ...(t.audience ? [`It hurts: ${sentence(t.audience)}`] : []),
    ...(t.units.length > 0 ? [`Its service is used by ${t.units.join(', ')}.`] : []),
    ...(t.cost ? [`Cost: ${sentence(t.cost)}`] : []),
  ]
    .join('\n')
    .trim()

export const tell = async (ctx: Context, t: Telling, firing: boolean): Promise<void> =>
  reportSignals(ctx, await jobSource(ctx), [signalOf(t, firing, ctx.now().epochMilliseconds, ctx.config.BASE_URL)])

/** Ends the alerts of a deadline because of what a person did. */
export const endAlertsOf = async (ctx: Context, deadlineId: string, summary: string): Promise<void> => {
  const open = await openAlertsOf(ctx.db, deadlineId)
  await sql`update chain_nights set told = false where deadline_id = ${deadlineId} and told`.execute(ctx.db)
  if (open.length === 0) return
  await reportSignals(
    ctx,
    await jobSource(ctx),
    open.map(
      ({ date }): Signal => ({
        kind: 'resolved',
        dedupKey: dedupKeyOf(deadlineId, date),
        at: null,
        severity: 'info',
        summary: cut(summary, SUMMARY),
        labels: {},
        links: [],
      }),
    ),
  )
}
