import { millis } from '../../ui/time.ts'
import type { Rota } from './data.ts'
import { elsewhere, lengthWords, listWords, spanWords, touchesNight } from './words.ts'

type Span = { from: number; to: number }
type Someone = { id: string; name: string; zone: string }
export type Asked = Span & { off: Someone | null; on: Someone | null }
type Consequence = { tone: 'info' | 'warn' | 'down'; text: string }
type Piece = { user: { id: string; name: string }; from: string | null; to: string | null }

const cut = (pieces: readonly Piece[], { from, to }: Span): (Span & { user: Piece['user'] })[] =>
  pieces.flatMap((piece) => {
    const start = Math.max(piece.from === null ? from : millis(piece.from), from)
    const end = Math.min(piece.to === null ? to : millis(piece.to), to)
    return start < end ? [{ user: piece.user, from: start, to: end }] : []
  })

/** What of a span no other covers. */
const uncovered = (span: Span, by: readonly Span[]): Span[] => {
  const free: Span[] = []
  let reached = span.from
  for (const { from, to } of by.toSorted((a, b) => a.from - b.from)) {
    if (from > reached) free.push({ from: reached, to: Math.min(from, span.to) })
    reached = Math.max(reached, to)
  }
  if (reached < span.to) free.push({ from: reached, to: span.to })
  return free.filter(({ from, to }) => from < to)
}

const total = (spans: readonly Span[]) => spans.reduce((sum, { from, to }) => sum + to - from, 0)
const unique = (names: readonly string[]) => [...new Set(names)]

/** Somebody goes off and nobody comes: whoever lies under them takes over, else nobody. */
const afterLeaving = (rota: Rota, off: Someone, theirs: readonly Span[], zone: string): Consequence[] => {
  const rest = [...rota.final, ...rota.layers.flatMap(({ shifts }) => shifts)].filter(({ user }) => user.id !== off.id)
  const cover = theirs.map((span) => cut(rest, span))
  const empty = theirs.flatMap((span, i) => uncovered(span, cover[i] ?? []))
  const takers = unique(cover.flat().map(({ user }) => user.name))
  const [first, ...more] = empty
  if (!first) {
    const verb = takers.length > 1 ? 'take' : 'takes'
    return [{ tone: 'info', text: `${listWords(takers)} ${verb} over, from the layer below.` }]
  }
  const further = more.length > 0 ? ` and ${more.length} more ${more.length === 1 ? 'time' : 'times'}` : ''
  return [
    {
      tone: 'down',
      text: `Nobody would be on call ${spanWords(first, zone)}${further}. Choose somebody who takes it.`,
    },
  ]
}

const onComing = (rota: Rota, asked: Asked, on: Someone, theirs: readonly Span[]): Consequence[] => {
  const long = lengthWords(asked.off ? total(theirs) : asked.to - asked.from)
  if (asked.off) return [{ tone: 'info', text: `${on.name} is on call in place of ${asked.off.name} for ${long}.` }]
  const now = cut(rota.final, asked)
  if (
    now.some(({ user }) => user.id === on.id) &&
    uncovered(
      asked,
      now.filter(({ user }) => user.id === on.id),
    ).length === 0
  )
    return [
      { tone: 'warn', text: `${on.name} is on call for ${rota.schedule.name} then already: nothing would change.` },
    ]
  const beside = unique(now.filter(({ user }) => user.id !== on.id).map(({ user }) => user.name))
  const filled = total(uncovered(asked, now))
  return [
    filled > 0 && {
      tone: 'info' as const,
      text: `${on.name} is on call for ${lengthWords(filled)} in which nobody would be.`,
    },
    beside.length > 0 && {
      tone: 'info' as const,
      text: `${on.name} is on call beside ${listWords(beside)}: a page goes to both at once.`,
    },
  ].filter((one) => one !== false)
}

const forThem = (rotas: readonly Rota[], rota: Rota, asked: Asked, on: Someone, zone: string): Consequence[] => {
  const elsewhereOn = rotas
    .filter(
      ({ schedule, final }) =>
        schedule.id !== rota.schedule.id && cut(final, asked).some(({ user }) => user.id === on.id),
    )
    .map(({ schedule }) => schedule.name)
  const night = touchesNight(asked, on.zone)
  return [
    on.zone !== zone && {
      tone: night && asked.to - asked.from < 86_400_000 ? ('warn' as const) : ('info' as const),
      text: `For ${on.name} that is ${elsewhere(asked, on.zone)}${night && asked.to - asked.from < 86_400_000 ? ', partly at night' : ''}.`,
    },
    elsewhereOn.length > 0 && {
      tone: 'warn' as const,
      text: `${on.name} is also on call for ${listWords(elsewhereOn)} in that time.`,
    },
  ].filter((one) => one !== false)
}

/** What an override would do, in sentences, before it is made. `rotas`: all schedules over its time. */
export const consequencesOf = (
  rotas: readonly Rota[],
  scheduleId: string,
  asked: Asked,
  zone: string,
): Consequence[] => {
  const rota = rotas.find(({ schedule }) => schedule.id === scheduleId)
  if (!rota || (!asked.on && !asked.off)) return []
  const theirs = asked.off ? cut(rota.final, asked).filter(({ user }) => user.id === asked.off?.id) : []
  if (asked.off && theirs.length === 0)
    return [
      {
        tone: 'warn',
        text: `${asked.off.name} is not on call for ${rota.schedule.name} in that time: nothing would change.`,
      },
    ]
  if (!asked.on) return asked.off ? afterLeaving(rota, asked.off, theirs, zone) : []
  return [...onComing(rota, asked, asked.on, theirs), ...forThem(rotas, rota, asked, asked.on, zone)]
}

/** Who is not on call anywhere in a time, by day where they are if possible: those to ask first. */
export const freeThen = <Who extends Someone>(people: readonly Who[], rotas: readonly Rota[], span: Span): Who[] => {
  const busy = new Set(rotas.flatMap(({ final }) => cut(final, span).map(({ user }) => user.id)))
  const free = people.filter(({ id }) => !busy.has(id))
  return free.toSorted((a, b) => Number(touchesNight(span, a.zone)) - Number(touchesNight(span, b.zone)))
}
