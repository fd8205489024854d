import { setTimeout as pause } from 'node:timers/promises'
import type { ServerProcess } from './process.ts'

/** What an address answers, and after how many ms. A quick machine asks more often than one key may: then once more, later. */
export const asked = async (
  server: Pick<ServerProcess, 'api'>,
  path: string,
): Promise<{ body: unknown; took: number }> => {
  for (;;) {
    const started = performance.now()
    const { status, body } = await server.api('GET', path)
    const took = performance.now() - started
    if (status === 200) return { body, took }
    if (status !== 429) throw new Error(`${path} was answered with ${status}: ${JSON.stringify(body)}`)
    await pause(1_000)
  }
}
