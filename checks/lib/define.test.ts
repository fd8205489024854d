import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCheck } from './define.ts'
import { timing } from './fields.ts'
import { type Net, NetError } from './net.ts'
import type { Verdict } from './result.ts'

const fine: Verdict = { outcome: 'ok', code: 'ok', message: 'fine', facts: [] }
const now = Temporal.Instant.from('2026-03-04T06:10:30Z')
const net = {} as Net

/** A kind whose look is what a test says it is. */
const look = (
  run: (signal: AbortSignal) => Promise<Verdict>,
  config: Record<string, unknown> = {},
  signal = new AbortController().signal,
) => {
  const check = defineCheck({
    kind: 'test',
    title: 'Test',
    summary: 'test',
    help: 'Looks as a test says.',
    config: z.strictObject({ ...timing }),
    example: {},
    run: (_config, context) => run(context.signal),
  })
  return check.run(check.config.parse({ timeoutSeconds: 5, ...config }), { signal, now, net })
}
const hangs = () => new Promise<never>(() => undefined)
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('a look', () => {
  it('is measured', async () => {
    const result = await look(() => wait(30).then(() => fine))
    expect(result).toMatchObject(fine)
    expect(result.ms).toBeGreaterThan(25)
  })

  it.each([
    [new NetError('refused', 'db1:5432 refused the connection'), 'failed', 'refused'],
    [new NetError('exhausted', 'too many open files', { own: true }), 'blind', 'exhausted'],
    [new TypeError('undefined is not a function'), 'blind', 'internal'],
    ['a string', 'blind', 'internal'],
    [undefined, 'blind', 'internal'],
  ])('that throws %s is %s', async (error, outcome, code) => {
    expect(await look(() => Promise.reject(error))).toMatchObject({ outcome, code, ms: expect.any(Number) })
  })

  it('that throws before it waits is blind too', async () => {
    const result = await look(() => {
      throw new TypeError('broken')
    })
    expect(result).toMatchObject({ outcome: 'blind', code: 'internal' })
  })

  it('is told of its deadline, and left alone when it does not heed it', async () => {
    let reason: unknown
    const heeding = await look(
      (signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      { timeoutSeconds: 0.1 },
    )
    expect(heeding).toMatchObject({ outcome: 'failed', code: 'timeout', message: 'no answer within 0.1 s' })
    const deaf = await look(
      (signal) => {
        signal.addEventListener('abort', () => {
          reason = signal.reason
        })
        return hangs()
      },
      { timeoutSeconds: 0.1 },
    )
    expect(deaf).toMatchObject({ outcome: 'failed', code: 'timeout' })
    expect(deaf.ms).toBeLessThan(2_500)
    expect(reason).toMatchObject({ name: 'TimeoutError' })
  })

  it('that we abort is blind', async () => {
    const controller = new AbortController()
    const looking = look(hangs, {}, controller.signal)
    controller.abort()
    expect(await looking).toMatchObject({ outcome: 'blind', code: 'aborted' })
  })

  it('is degraded by slowness only where it was fine', async () => {
    const slowly = (verdict: Verdict) => () => wait(30).then(() => verdict)
    expect(await look(slowly(fine), { slowMs: 5 })).toMatchObject({ outcome: 'degraded', code: 'slow' })
    expect(await look(slowly({ ...fine, outcome: 'failed', code: 'status' }), { slowMs: 5 })).toMatchObject({
      outcome: 'failed',
      code: 'status',
    })
  })
})
