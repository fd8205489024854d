import { sql } from 'kysely'
import { type Instant, plusSeconds } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import { type HealthCheck, type HealthItem, timeWords } from '../../platform/health.ts'
import { channels } from './channels.ts'
import { settingsOf } from './send.ts'

const DAY = 86_400
/** A recipient's server may put a first try off (greylisting); that is no trouble yet. */
const PATIENCE_SECONDS = 60
const MOST = 1_000

const titleOf = (channel: string) => channels.get(channel)?.title ?? channel
const count = (n: number) => (n >= MOST ? 'More than 1,000' : String(n))

/** Channels that cannot work at all, for want of a setting. */
const notSetUp = async (ctx: ReadContext): Promise<HealthItem[]> => {
  const settings = await settingsOf(ctx)
  return [...channels.values()].flatMap((channel) => {
    const problem = channel.settings?.safeParse(settings).error?.issues[0]?.message
    return problem
      ? [{ what: channel.title, state: 'warn' as const, detail: `It cannot be sent: ${problem}.`, since: null }]
      : []
  })
}

type Waiting = { channel: string; ours: boolean; n: number; since: Instant; reason: string }

/** What was tried and did not get through yet. */
const notSent = async (ctx: ReadContext): Promise<HealthItem[]> => {
  const { rows } = await sql<Waiting>`
    select channel, our_fault as ours, count(*) as n, min(first_at) as since,
      (array_agg(last_error order by last_at desc))[1] as reason
    from (
      select d.channel, d.our_fault, d.last_error, a.first_at, a.last_at
      from deliveries d cross join lateral (
        select min(started_at) as first_at, max(started_at) as last_at from delivery_attempts where delivery_id = d.id) a
      where d.state in ('queued', 'sending') and d.attempts > 0 and d.last_error is not null
      order by d.due_at limit ${MOST}) w
    where our_fault or first_at < ${plusSeconds(ctx.now(), -PATIENCE_SECONDS)}
    group by channel, our_fault order by channel, our_fault desc`.execute(ctx.db)
  return rows.map(({ channel, ours, n, since, reason }) => {
    const from = timeWords(since, ctx.now())
    const waits = n === 1 ? 'One message waits and is tried on' : `${count(n)} messages wait and are tried on`
    return {
      what: titleOf(channel),
      state: ours ? 'bad' : 'warn',
      detail: ours ? `It cannot be sent since ${from}. ${waits}. ${reason}` : `${waits}, since ${from}. ${reason}`,
      since,
    }
  })
}

type Refused = { channel: string; addresses: string[]; n: number; since: Instant; reason: string }

/** Addresses that took nothing since they refused something within the last day: nobody is reached there. */
const refused = async (ctx: ReadContext): Promise<HealthItem[]> => {
  const { rows } = await sql<Refused>`
    select channel, count(distinct address) as n, (array_agg(distinct address))[1:3] as addresses, min(finished_at) as since,
      (array_agg(last_error order by finished_at desc))[1] as reason
    from deliveries d
    where d.created_at > ${plusSeconds(ctx.now(), -DAY)} and d.state = 'failed' and d.last_error is not null
      and not exists (
        select 1 from deliveries s where s.channel = d.channel and s.address = d.address and s.sent_at >= d.finished_at)
    group by channel order by channel`.execute(ctx.db)
  return rows.map(({ channel, addresses, n, since, reason }) => ({
    what: titleOf(channel),
    state: 'warn',
    detail: `${addresses.join(', ')}${n > addresses.length ? ` and ${n - addresses.length} more` : ''} cannot be reached since ${timeWords(since, ctx.now())}. ${reason}`,
    since,
  }))
}

/** Whether people are reached: told on the floor when they are not. */
export const notifyHealth: HealthCheck = async (ctx) => [
  ...(await notSetUp(ctx)),
  ...(await notSent(ctx)),
  ...(await refused(ctx)),
]
