import { setTimeout as pause } from 'node:timers/promises'
import { asked } from './asked.ts'
import type { ServerProcess } from './process.ts'

export type Tool = {
  sourceId: string
  /** Dedup keys that were answered 202. */
  accepted: string[]
  /** Every other answer: its status, Retry-After and sentence. */
  refused: { status: number; retryAfter: string | null; detail: string }[]
  /** Sends one signal of its own key; returns the status, 0 when nothing answered. */
  send(more?: object): Promise<number>
  /** Sends again and again until the function that is returned is called. */
  keepSending(everyMs: number): () => Promise<void>
  /** Accepted signals of which there is no alert. */
  lost(): Promise<string[]>
}

/** A monitoring tool that reports to a running server through a source of its own, and keeps the answers. */
export const connectTool = async (server: Pick<ServerProcess, 'url' | 'api'>): Promise<Tool> => {
  const made = await server.api('POST', '/sources', { kind: 'generic', name: 'Nagios', perSecond: 5_000 })
  const { id: sourceId, key } = made.body as { id: string; key: string }
  const accepted: string[] = []
  const refused: Tool['refused'] = []
  let n = 0
  const send = async (more: object = {}) => {
    const dedupKey = `event/${n++}`
    const body = JSON.stringify({ title: `Event ${dedupKey}`, severity: 'low', dedup_key: dedupKey, ...more })
    try {
      const answer = await fetch(`${server.url}/intake/generic`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body,
      })
      const said = (await answer.json()) as { detail?: string }
      if (answer.status === 202) accepted.push(dedupKey)
      else
        refused.push({
          status: answer.status,
          retryAfter: answer.headers.get('retry-after'),
          detail: said.detail ?? '',
        })
      return answer.status
    } catch {
      return 0
    }
  }
  const known = async (): Promise<Set<string>> => {
    const keys = new Set<string>()
    let cursor: string | null = ''
    while (cursor !== null) {
      const { body } = await asked(server, `/alerts?view=all&limit=200${cursor && `&cursor=${cursor}`}`)
      const { items, next } = body as { items: { title: string }[]; next: string | null }
      for (const { title } of items) keys.add(title.replace('Event ', ''))
      cursor = next
    }
    return keys
  }
  return {
    sourceId,
    accepted,
    refused,
    send,
    keepSending(everyMs) {
      let isOver = false
      const sending = (async () => {
        while (!isOver) {
          await send()
          await pause(everyMs)
        }
      })()
      return async () => {
        isOver = true
        await sending
      }
    },
    lost: async () => {
      const all = await known()
      return accepted.filter((key) => !all.has(key))
    },
  }
}
