import { millis } from '../../ui/time.ts'
import type { Face, Gap, Policy, Rota } from './data.ts'
import { lengthWords, listWords, sentence, spanWords } from './words.ts'

/** Something about the next days that a person should decide. */
export type Decision = {
  id: string
  tone: 'down' | 'warn'
  title: string
  words: string[]
  rota: Rota
  /** What an override would fill. */
  gap: { from: number; to: number } | undefined
}

/**
 * Where pages go while nobody is on call for a schedule, one sentence for each policy that names it: a step that reaches
 * nobody is passed over at once.
 */
export const whileNobody = (scheduleId: string, policies: readonly Policy[]): { words: string; reached: boolean }[] =>
  policies.flatMap(({ name, steps }) => {
    const at = steps.findIndex(({ targets }) => targets.some(({ id }) => id === scheduleId))
    if (at < 0) return []
    const others = (step: Policy['steps'][number]) => step.targets.filter(({ id }) => id !== scheduleId)
    const beside = others(steps[at] as Policy['steps'][number])
    if (beside.length > 0) return [{ words: sentence(`${name} pages ${targetWords(beside)} alone`), reached: true }]
    const next = steps.slice(at + 1).find((step) => others(step).length > 0)
    if (next) return [{ words: sentence(`${name} goes straight to ${targetWords(others(next))}`), reached: true }]
    return [{ words: at === 0 ? `${name} would reach nobody.` : `${name} ends without this step.`, reached: at > 0 }]
  })

type Target = Policy['steps'][number]['targets'][number]
const targetWords = (targets: readonly Target[]) =>
  listWords(targets.map(({ kind, name }) => (kind === 'schedule' ? `whoever is on call for ${name}` : name)))

const openGaps = (rota: Rota, policies: readonly Policy[], now: number, zone: string): Decision[] =>
  rota.gaps
    .filter(({ outsideHours, to }) => !outsideHours && millis(to) > now)
    .map((gap) => {
      const span = { from: Math.max(millis(gap.from), now), to: millis(gap.to) }
      return {
        id: `${rota.schedule.id} ${gap.from}`,
        tone: 'down' as const,
        title: `${rota.schedule.name}, ${spanWords(span, zone)}: nobody`,
        words: whileNobody(rota.schedule.id, policies).map(({ words }) => words),
        rota,
        gap: span,
      }
    })

const length = ({ from, to }: Pick<Gap, 'from' | 'to'>) => millis(to) - millis(from)

/** Whether somebody is on call for one of these all the time that a gap lasts. */
const isCovered = (gap: Gap, others: readonly Rota[]): boolean => {
  let at = millis(gap.from)
  const shifts = others
    .flatMap(({ final }) => final)
    .map(({ from, to }) => ({ from: from ? millis(from) : at, to: to ? millis(to) : Number.POSITIVE_INFINITY }))
    .toSorted((a, b) => a.from - b.from)
  for (const { from, to } of shifts) if (from <= at) at = Math.max(at, to)
  return at >= millis(gap.to)
}

/** Whether the step of a policy that names the schedule reaches somebody of another one in all these gaps. */
const isShared = ({ steps }: Policy, id: string, gaps: readonly Gap[], rotas: readonly Rota[]): boolean => {
  const step = steps.find(({ targets }) => targets.some((target) => target.id === id))
  const beside = rotas.filter(
    ({ schedule }) => schedule.id !== id && step?.targets.some((target) => target.id === schedule.id),
  )
  return beside.length > 0 && gaps.every((gap) => isCovered(gap, beside))
}

const outsideHours = (rota: Rota, policies: readonly Policy[], rotas: readonly Rota[]): Decision[] => {
  const gaps = rota.gaps.filter((gap) => gap.outsideHours)
  // Two schedules that share the day leave nothing to decide.
  const alone = policies.filter((policy) => !isShared(policy, rota.schedule.id, gaps, rotas))
  const then = whileNobody(rota.schedule.id, alone)
  if (gaps.length === 0 || then.length === 0) return []
  const total = gaps.reduce((sum, gap) => sum + length(gap), 0)
  return [
    {
      id: `${rota.schedule.id} hours`,
      tone: then.every(({ reached }) => reached) ? 'warn' : 'down',
      title: `${rota.schedule.name}: nobody outside its hours, ${lengthWords(total)} of the next 7 days`,
      words: then.map(({ words }) => words),
      rota,
      gap: undefined,
    },
  ]
}

const disabled = (rota: Rota, people: readonly Face[], now: number, zone: string): Decision[] =>
  rota.final
    .filter(({ user, to }) => people.some(({ id, active }) => id === user.id && !active) && to && millis(to) > now)
    .map((shift) => {
      const span = { from: Math.max(millis(shift.from ?? now), now), to: millis(shift.to ?? now) }
      return {
        id: `${rota.schedule.id} ${shift.user.id} ${shift.from}`,
        tone: 'down' as const,
        title: `${rota.schedule.name}, ${spanWords(span, zone)}: ${shift.user.name} cannot be paged`,
        words: ['The account is disabled, so that a page passes over it.'],
        rota,
        gap: span,
      }
    })

/** What needs a decision in the time that `shifts` cover (the next 7 days), the most urgent first. */
export const decisionsOf = (
  shifts: { items: readonly Rota[]; people: readonly Face[] },
  policies: readonly Policy[],
  now: number,
  zone: string,
): Decision[] =>
  shifts.items
    .flatMap((rota) => [
      ...openGaps(rota, policies, now, zone),
      ...disabled(rota, shifts.people, now, zone),
      ...outsideHours(rota, policies, shifts.items),
    ])
    .sort((a, b) => rank(a) - rank(b) || (a.gap?.from ?? 0) - (b.gap?.from ?? 0))

const rank = ({ tone, gap }: Decision) => (gap ? 0 : tone === 'down' ? 1 : 2)
