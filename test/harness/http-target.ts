import { createServer, type ServerResponse } from 'node:http'
import { revivable } from './revivable.ts'

type Answer = (response: ServerResponse) => void

export type HttpTarget = Awaited<ReturnType<typeof startHttpTarget>>

const say =
  (status: number, body: string): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body)
  }

const dripping =
  (everyMs: number): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/plain' })
    const timer = setInterval(() => response.write('.'), everyMs)
    response.once('close', () => clearInterval(timer))
  }

const flooding: Answer = (response) => {
  const block = Buffer.alloc(64 * 1024, 'x')
  response.writeHead(200, { 'content-type': 'application/octet-stream' })
  const pour = () => {
    while (!response.destroyed && response.write(block));
  }
  response.on('drain', pour)
  pour()
}

/**
 * A real HTTP server for monitors and webhooks to look at. It answers 200 with `body` until it is told otherwise; each
 * order holds until the next. `kill` and `revive` make the server die and come back at the same port.
 */
export const startHttpTarget = async (options: { port?: number; body?: string } = {}) => {
  const fine = say(200, options.body ?? 'ok')
  let answer: Answer = fine
  let requests = 0
  const paths: string[] = []

  const server = createServer((request, response) => {
    requests++
    paths.push(request.url ?? '')
    request.resume()
    answer(response)
  })
  const line = await revivable(server, options.port)
  const url = `http://127.0.0.1:${line.port}`

  return {
    url,
    port: line.port,
    /** How many requests came, whatever was answered. */
    requests: () => requests,
    /** Their paths, oldest first. */
    paths: () => [...paths],
    ok: (body?: string) => {
      answer = body === undefined ? fine : say(200, body)
    },
    fail: (status = 500, body = 'failed') => {
      answer = say(status, body)
    },
    /** Answers 200, but only after `ms`. */
    slow: (ms: number) => {
      answer = (response) => {
        const timer = setTimeout(() => fine(response), ms)
        response.once('close', () => clearTimeout(timer))
      }
    },
    /** Takes the request and never answers. */
    hang: () => {
      answer = () => {}
    },
    /** Cuts the connection instead of answering. */
    close: () => {
      answer = (response) => response.socket?.destroy()
    },
    /** Redirects to itself for ever. */
    redirectLoop: () => {
      answer = (response) => response.writeHead(302, { location: `${url}/again/${requests}` }).end()
    },
    redirectTo: (location: string) => {
      answer = (response) => response.writeHead(302, { location }).end()
    },
    /** Answers 200 and then a byte now and then, without end. */
    dripByte: (everyMs = 50) => {
      answer = dripping(everyMs)
    },
    /** Answers 200 and then as many bytes as are taken, without end. */
    flood: () => {
      answer = flooding
    },
    kill: line.kill,
    revive: line.revive,
    stop: line.kill,
  }
}
