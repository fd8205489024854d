import { backtestInput } from '../../../contract/chains/backtest.ts'
import { usualOddsLimit } from '../../../contract/chains/limits.ts'
import type { ReadContext } from '../../platform/context.ts'
import { AppError, invalid, notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { figuresOf, type Played, showWarned } from './backtest-figures.ts'
import { LEARN, readBacktest } from './backtest-input.ts'
import { inTurn, replayer } from './backtest-turn.ts'
import { businessDateOf, datingOf, plusDays } from './business-date.ts'
import { type Deadline, loadDeadlines } from './deadline-rows.ts'
import type { Replayed } from './predict/backtest.ts'
import { isMiss, warnedBy } from './predict/score.ts'

const MOST_DEADLINES = 20
const USUAL_DAYS = 90
const MOST_DAYS = 400
/** Predictions of one job: some fifteen seconds of a processor. */
const ROOM = 1_000_000
const LONGEST_MS = 60_000

/** The nights on record played again, beside two baselines. Nothing is kept, and nothing is told. */
export const playAgain = query('chain.backtest', {
  permission: 'chain.read',
  input: backtestInput,
  async run(ctx, asked) {
    const all =
      ctx.scope.rows === 'all' ? await loadDeadlines(ctx.db, asked.deadlineId ? [asked.deadlineId] : null) : []
    if (asked.deadlineId && all.length === 0) throw notFound('The deadline')
    const wanted = all
      .filter((d) => !asked.teamId || d.teamId === asked.teamId)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    const { from, until } = spanOf(asked, wanted[0], ctx.now().epochMilliseconds)
    const some = wanted.slice(0, MOST_DEADLINES)
    const played = await inTurn(ctx.actor, async (given) => {
      const signal = AbortSignal.any([given, AbortSignal.timeout(LONGEST_MS)])
      const found: One[] = []
      for (const deadline of some)
        found.push(await playOne(ctx, deadline, { from, until, room: ROOM / some.length }, signal))
      return found
    })
    return {
      from,
      until,
      learn: LEARN,
      deadlines: played.map(showOne),
      more: wanted.length > some.length,
      ...figuresOf(played.flatMap(({ played: one }) => one ?? [])),
    }
  },
})

type Span = { from: string; until: string }

const spanOf = (asked: Partial<Span>, first: Deadline | undefined, now: number): Span => {
  const today = businessDateOf(now, first ? datingOf(first) : { zone: 'UTC', cut: '00:00' })
  const until = asked.until ?? plusDays(today, -1)
  const from = asked.from ?? plusDays(until, 1 - USUAL_DAYS)
  if (from > until) throw invalid('from', `must not be after ${until}.`)
  if (from < plusDays(until, 1 - MOST_DAYS))
    throw invalid('from', `must be at most ${MOST_DAYS} days before the last date: ${plusDays(until, 1 - MOST_DAYS)}.`)
  return { from, until }
}

type One = {
  deadline: Deadline
  limit: number
  leftOut: { unknown: number; early: number }
  why: string | null
  played: Played | null
}

const tooLong = `It took longer than a minute. Ask for it alone, or for fewer dates.`

const playOne = async (
  ctx: ReadContext,
  deadline: Deadline,
  asked: Span & { room: number },
  signal: AbortSignal,
): Promise<One> => {
  const limit = deadline.oddsLimit ?? usualOddsLimit
  const readied = await readBacktest(ctx.db, deadline, { ...asked, now: ctx.now().epochMilliseconds })
  const { leftOut, why, input } = readied
  if (!input) return { deadline, limit, leftOut, why, played: null }
  try {
    const nights: Replayed = await replayer.backtest(input, signal)
    return { deadline, limit, leftOut, why: null, played: { deadline, limit, nights } }
  } catch (error) {
    if (!signal.aborted || error instanceof AppError) throw error
    return { deadline, limit, leftOut, why: tooLong, played: null }
  }
}

const showOne = ({ deadline, limit, leftOut, why, played }: One) => {
  const nights = played?.nights.ours ?? []
  return {
    deadline: { id: deadline.id, name: deadline.name },
    limit,
    nights: nights.length,
    misses: nights.filter(isMiss).length,
    ...showWarned(warnedBy(nights, limit)),
    leftOut,
    why,
  }
}
