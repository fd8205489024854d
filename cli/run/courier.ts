import { setTimeout as pause } from 'node:timers/promises'
import { type Ping, runOf } from './record.ts'
import { type Sent, send } from './send.ts'
import { claim, drop, keep, refuse, release, releaseStale, trim, waiting } from './spool.ts'

export type Outcome = { delivered: number; refused: string[]; left: number; why: string | null }

/** As long as pings get through, it goes on for longer than it would wait for a server that is away. */
const MOST_MS = 600_000
const MOST_LATE_MS = 7 * 86_400_000

/**
 * Delivers what waits in the spool, oldest first. What cannot be delivered now is tried again for `patienceMs`; then it
 * stays for the next time. Any number of couriers may work on one spool.
 */
export const deliver = async (
  patienceMs: number,
  onProgress?: (done: number, left: number) => void,
): Promise<Outcome> => {
  const outcome: Outcome = { delivered: 0, refused: [], left: 0, why: null }
  const began = performance.now()
  let lastSuccess = began
  releaseStale(Date.now())
  for (;;) {
    const progress = await pass(outcome, began, (left) => {
      lastSuccess = performance.now()
      onProgress?.(outcome.delivered, left)
    })
    outcome.left = waiting().length
    if (outcome.left === 0 || performance.now() - began > MOST_MS) break
    if (!progress && performance.now() - lastSuccess > patienceMs) break
    if (!progress) await pause(Math.min(1_000, patienceMs / 4))
  }
  if (outcome.left === 0) outcome.why = null
  trim(Date.now())
  return outcome
}

/** Once through the spool. Answers whether anything got through. */
const pass = async (outcome: Outcome, began: number, onSent: (left: number) => void): Promise<boolean> => {
  // A server that is away must not hold up what is for another one, nor one run another.
  const away = new Set<string>()
  const before = outcome.delivered
  const names = waiting()
  for (const [i, name] of names.entries()) {
    if (performance.now() - began > MOST_MS) break
    if (away.has(runOf(name))) continue
    const claimed = claim(name)
    // Another was quicker; the end of a run waits for its start all the same.
    if (!claimed) away.add(runOf(name))
    if (!claimed) continue
    const server = claimed.ping?.url ?? ''
    const sent: Sent = !claimed.ping
      ? { result: 'never', why: 'This is no ping.' }
      : Date.now() - claimed.ping.at > MOST_LATE_MS
        ? { result: 'never', why: 'It is older than seven days, which the server does not take.' }
        : away.has(server)
          ? { result: 'later', why: outcome.why ?? '', wholeServer: true }
          : await send(claimed.ping)
    if (sent.result === 'later') {
      release(claimed)
      outcome.why = sent.why
      away.add(sent.wholeServer ? server : runOf(name))
    } else if (sent.result === 'never') {
      refuse(claimed, sent.why)
      outcome.refused.push(sent.why)
    } else {
      drop(claimed)
      outcome.delivered++
      onSent(names.length - i - 1)
    }
  }
  return outcome.delivered > before
}

/** For a disk without room: one ping that was never in the spool. */
export const deliverOne = async (ping: Ping, patienceMs: number): Promise<void> => {
  const began = performance.now()
  for (;;) {
    const sent = await send(ping)
    if (sent.result !== 'later' || keep(ping) || performance.now() - began > patienceMs) return
    await pause(500)
  }
}
