import type { Browser } from './identity.ts'

export type FloorItem = { what: string; state: 'ok' | 'warn' | 'bad' | 'unknown'; detail: string; since: string | null }

/** What a person reads on the floor about Watchfloor itself. */
export const floorOf = async (who: Browser): Promise<FloorItem[]> => {
  const answer = await who.request('GET', '/api/health')
  if (answer.statusCode !== 200) throw new Error(`The floor cannot be read: ${answer.statusCode} ${answer.body}`)
  return (answer.json() as { items: FloorItem[] }).items
}

/** What of it is not in order, as `state what: detail`. */
export const troubleOn = async (who: Browser): Promise<string[]> =>
  (await floorOf(who)).filter((i) => i.state !== 'ok').map((i) => `${i.state} ${i.what}: ${i.detail}`)
