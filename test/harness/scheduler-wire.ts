import { createServer } from 'node:http'
import { revivable } from './revivable.ts'

export type WireAnswer = { status?: number; headers?: Record<string, string>; text: string } | { json: unknown }
type Asked = { method: string; url: string; headers: Record<string, unknown>; body: string }

const isFit = (pattern: string, asked: string): boolean => {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\~]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(asked)
}

/**
 * A scheduler on the loopback that speaks HTTP: it answers by method and path with the query, in which `*` stands for any
 * text, the last that fits; else 404. `instead` answers everything for as long as it is set.
 */
export const startSchedulerWire = async () => {
  const answers = new Map<string, (asked: Asked) => unknown>()
  const asked: Asked[] = []
  let instead: ((asked: Asked) => WireAnswer | null) | null = null
  let date: () => string | null = () => null
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = 'GET', url = '/', headers } = request
      const one: Asked = { method, url, headers, body: Buffer.concat(chunks).toString() }
      asked.push(one)
      const clock = date()
      response.sendDate = false
      if (clock) response.setHeader('date', clock)
      const whole = instead?.(one) ?? null
      if (instead && whole === null) return
      if (whole && 'text' in whole) return void response.writeHead(whole.status ?? 200, whole.headers).end(whole.text)
      const found = [...answers].findLast(([pattern]) => isFit(pattern, `${method} ${url}`))?.[1]
      const json = whole && 'json' in whole ? whole.json : found?.(one)
      if (json === undefined)
        return void response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>')
      const isText = typeof json === 'string'
      response.writeHead(200, { 'content-type': isText ? 'text/plain' : 'application/json' })
      response.end(isText ? json : JSON.stringify(json))
    })
  })
  const line = await revivable(server)
  return {
    url: `http://127.0.0.1:${line.port}`,
    asked,
    on: (pattern: string, json: unknown | ((asked: Asked) => unknown)) =>
      void answers.set(pattern, typeof json === 'function' ? (json as (asked: Asked) => unknown) : () => json),
    clear: () => answers.clear(),
    /** Everything is answered so, or not at all with null; without an argument as it was. */
    instead: (answer?: (asked: Asked) => WireAnswer | null) => {
      instead = answer ?? null
    },
    /** What its clock says in the header of each answer. */
    clock: (now: () => string | null) => {
      date = now
    },
    kill: line.kill,
    revive: line.revive,
    stop: line.kill,
  }
}
