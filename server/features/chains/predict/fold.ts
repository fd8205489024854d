import { type Circuit, slotsInOrder } from './circuit.ts'
import { type DurationModel, expectedGiven } from './durations.ts'
import type { Assumption, Blocked, Looking } from './evaluate.ts'
import type { Graph } from './graph.ts'
import type { NightState } from './night.ts'
import { comesAgain, holdOf, type Phase, phasesOf } from './phase.ts'
import { expectedPause, type Repairs } from './repairs.ts'
import { ALWAYS, allOf, type Term, termOf } from './terms.ts'
import { type Openings, openingsOf } from './windows.ts'
import { wiring } from './wiring.ts'

/** An operand that counts only if its job begins before the one that waits: till then, its last run holds. */
export type SoftOperand = { place: number; who: number; of: number }

export type Folded = {
  circuit: Circuit
  soft: readonly SoftOperand[]
  phases: readonly Phase[]
  /** Variables and files that are taken to be as wanted. */
  assumptions: readonly Assumption[]
  /** Running jobs that have taken longer than any run on record. */
  outside: ReadonlySet<number>
}

/**
 * Makes the circuit of a night: what has happened is settled, what is left are the times to come. With `repairs`, people
 * start again what has failed; without, it blocks what waits for it.
 */
export const foldNight = (
  graph: Graph,
  state: NightState,
  models: readonly DurationModel[],
  repairs: Repairs | null,
): Folded => {
  const count = graph.nodes.length
  const { phases, began } = phasesOf(graph, state, (i) => repairs?.(i) != null)
  const looking: Looking = { graph, state, phases, began }
  const assumptions: Assumption[] = []
  const outside = new Set<number>()
  const ends: (Term | undefined)[] = new Array(count)
  const begins: (Term | undefined)[] = new Array(count)
  const wires = wiring(count)
  const { now } = state

  const beginning = (i: number, from: number): Term => {
    const box = graph.boxOf[i] as number
    const inBox = box < 0 ? ALWAYS : (begins[box] ?? { is: 'at', slot: count + box, soft: false })
    const own = termOf(i, graph.conditions[i] ?? null, from, looking, ends, (one) => assumptions.push(one))
    const term = allOf([inBox, own])
    const gated = graph.nodes[i]?.gates !== null || box >= 0
    return gated || term.is === 'never' ? term : allOf([term, triggerOf(i, looking, term)])
  }

  const waiting = (slot: number, i: number, phase: Extract<Phase, { kind: 'waiting' }>, lasts: number): Term => {
    const known = state.nodes[i] as NightState['nodes'][number]
    const from = Math.max(now, phase.gate ?? now, known.notBefore ?? now)
    const forced = known.startAt !== null
    const term = forced ? ALWAYS : beginning(i, from)
    if (phase.held && !(term.is === 'never' && term.because.why === 'unexpected'))
      return never(slot, { why: 'held', by: i })
    if (term.is === 'never') return never(slot, term.because)
    const window = forced ? null : (graph.nodes[i]?.waits.window ?? null)
    const open = window && openingsFor(window, graph.nodes[i]?.zone ?? 'UTC', state.date)
    wires.put(slot, { floor: from, lasts, term, who: i, open })
    return { is: 'at', slot, soft: false }
  }

  const never = (slot: number, because: Blocked): Term => {
    wires.never(slot, because)
    return { is: 'never', because }
  }

  const needUnits = (i: number) => {
    const needs = graph.nodes[i]?.waits.resources.filter(({ name }) => state.units.has(name)) ?? []
    if (needs.length > 0) wires.need(i, needs)
  }

  const endOf = (i: number): Term => {
    const phase = phases[i] as Phase
    const model = models[i] as DurationModel
    const { waits } = graph.nodes[i] as Graph['nodes'][number]
    switch (phase.kind) {
      case 'done':
        wires.put(i, { floor: phase.startedAt, lasts: phase.endedAt - phase.startedAt })
        return { is: 'met', slot: i }
      case 'failed':
        return never(i, { why: 'failed', by: i })
      case 'absent':
      case 'iced':
        return never(i, { why: 'not-today', by: i })
      case 'retry':
        wires.put(i, { floor: Math.max(now, state.nodes[i]?.notBefore ?? now), lasts: model.p50 * 1000 })
        needUnits(i)
        break
      case 'mending': {
        const since = (now - phase.endedAt) / 1000
        const pause = expectedPause(repairs?.(i) ?? null, since)
        wires.put(i, { floor: phase.endedAt, lasts: (pause + model.p50) * 1000 })
        break
      }
      case 'running': {
        const elapsed = Math.max(0, now - phase.startedAt)
        const expected = expectedGiven(model, elapsed / 1000)
        if (expected.outside) outside.add(i)
        const most = (waits.killAfterSeconds ?? Number.POSITIVE_INFINITY) * 1000
        wires.put(i, { floor: phase.startedAt, lasts: Math.max(elapsed, Math.min(most, expected.seconds * 1000)) })
        wires.runs(i)
        needUnits(i)
        break
      }
      case 'waiting': {
        const bypassed = holdOf(graph, state, i) === 'bypassed'
        const most = waits.killAfterSeconds ?? Number.POSITIVE_INFINITY
        const term = waiting(i, i, phase, bypassed ? 0 : Math.min(most, model.p50) * 1000)
        if (term.is === 'at' && !bypassed) needUnits(i)
        return term
      }
    }
    return { is: 'at', slot: i, soft: false }
  }

  const boxBegins = (i: number): Term => {
    const phase = phases[i] as Phase
    const slot = count + i
    if ((began[i] as number) >= 0) {
      wires.put(slot, { floor: began[i] as number, lasts: 0 })
      return ALWAYS
    }
    if (phase.kind === 'waiting') return waiting(slot, i, phase, 0)
    return never(slot, { why: phase.kind === 'failed' ? 'failed' : 'not-today', by: i })
  }

  const boxEnds = (i: number): Term => {
    const phase = phases[i] as Phase
    if (phase.kind === 'failed') return never(i, { why: 'failed', by: failedMember(graph, i, phases) })
    if (phase.kind !== 'waiting' && phase.kind !== 'running') return endOf(i)
    const begin: Term = begins[i] ?? { is: 'at', slot: count + i, soft: false }
    if (begin.is === 'never') return never(i, begin.because)
    const parts = (graph.members[i] ?? []).flatMap((member): Term[] => {
      const end = ends[member] ?? { is: 'at', slot: member, soft: false }
      const left = end.is === 'never' && ['unexpected', 'not-today'].includes(end.because.why)
      return left ? [] : [end]
    })
    const blocked = parts.find((part) => part.is === 'never')
    if (blocked?.is === 'never') return never(i, blocked.because)
    const floor = phase.kind === 'running' ? now : Number.NEGATIVE_INFINITY
    wires.put(i, { floor, lasts: 0, term: allOf([{ is: 'at', slot: count + i, soft: false }, ...parts]), who: i })
    return { is: 'at', slot: i, soft: false }
  }

  for (const item of graph.order)
    if (item >= count) begins[item - count] = boxBegins(item - count)
    else ends[item] = graph.nodes[item]?.waits.isBox ? boxEnds(item) : endOf(item)

  const { soft, ...circuit } = wires.done(state.units)
  return { circuit: { ...circuit, order: slotsInOrder(circuit) }, soft, phases, assumptions, outside }
}

/** What has no time and no box of its own starts when something that it waits for ends: yesterday's end starts nothing. */
const triggerOf = (i: number, { graph, state, phases }: Looking, term: Term): Term => {
  const named = graph.named[i] ?? []
  if (hasHardWait(term) || named.length === 0) return ALWAYS
  const ranTonight = named.some((one) =>
    state.nodes[one]?.runs.some((run) => run.date === state.date && run.endedAt !== null),
  )
  if (ranTonight) return ALWAYS
  const toCome = named.filter((one) => comesAgain(phases[one] as Phase))
  if (toCome.length === 0) return { is: 'never', because: { why: 'not-today', by: named[0] ?? i } }
  return { is: 'any', of: toCome.map((slot) => ({ is: 'at', slot, soft: false })) }
}

const hasHardWait = (term: Term): boolean =>
  (term.is === 'at' && !term.soft) || (term.is === 'all' && term.of.some(hasHardWait))

const failedMember = (graph: Graph, box: number, phases: readonly Phase[]): number => {
  const failed = graph.members[box]?.find((member) => phases[member]?.kind === 'failed')
  return failed === undefined ? box : failedMember(graph, failed, phases)
}

const openingsKept = new Map<string, Openings>()
const MOST_KEPT = 2_000

const openingsFor = (window: { from: string; to: string }, zone: string, date: string): Openings => {
  const key = `${date} ${window.from} ${window.to} ${zone}`
  const kept = openingsKept.get(key)
  if (kept) return kept
  if (openingsKept.size >= MOST_KEPT) openingsKept.clear()
  const made = openingsOf(window, zone, date)
  openingsKept.set(key, made)
  return made
}
