import type { Socket } from 'node:net'
import { type buildConnector, Client, type Dispatcher } from 'undici'
import { abortError, type Phase } from '../../../checks/lib/net.ts'
import { toNetError } from './failure.ts'

export type Asked = {
  url: URL
  method: string
  headers: Record<string, string>
  body: string | Uint8Array | undefined
  signal: AbortSignal
  maxBytes: number
}

export type Answer = {
  status: number
  statusText: string
  headers: Record<string, string | string[] | undefined>
  body: Buffer
  truncated: boolean
  firstByte: number
  bodyTime: number
}

const MOST_HEADER_BYTES = 64 * 1024

/**
 * One request on a socket that is connected already, which is closed afterwards. undici's dispatch is used because
 * its streams and its connection pool cost as much again as the request, and because here the body can be cut.
 */
export const exchange = (socket: Socket, asked: Asked): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { url, signal, maxBytes } = asked
    const started = performance.now()
    const chunks: Buffer[] = []
    let length = 0
    let firstByteAt = 0
    let head: Pick<Answer, 'status' | 'statusText' | 'headers'> | null = null
    const phase = (): Phase => (head ? 'body' : 'firstByte')

    const onAbort = () => fail(abortError(signal, phase()))
    const close = () => {
      signal.removeEventListener('abort', onAbort)
      socket.destroy()
    }
    const fail = (error: unknown) => {
      reject(toNetError(error, url.host, phase()))
      close()
    }
    const finish = (truncated: boolean) => {
      if (!head) return
      const bodyTime = performance.now() - firstByteAt
      resolve({
        ...head,
        body: Buffer.concat(chunks, Math.min(length, maxBytes)),
        truncated,
        firstByte: firstByteAt - started,
        bodyTime,
      })
      close()
    }
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStarted: () => {
        firstByteAt ||= performance.now()
      },
      onResponseStart: (_controller, status, headers, statusText) => {
        firstByteAt ||= performance.now()
        // "100 Continue" and the like come before the answer.
        if (status >= 200) head = { status, statusText: statusText ?? '', headers }
      },
      onResponseData: (_controller, chunk) => {
        chunks.push(chunk)
        length += chunk.length
        if (length > maxBytes) finish(true)
      },
      onResponseEnd: () => finish(false),
      onResponseError: (_controller, error) => fail(error),
    }

    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort)
    let isTaken = false
    const take = (done: buildConnector.Callback) => {
      if (isTaken) return done(Object.assign(new Error('a second connection was wanted'), { code: 'ECONNRESET' }), null)
      isTaken = true
      done(null, socket)
    }
    try {
      const client = new Client(url.origin, {
        // Answered in a later tick: undici does not expect it before this function has returned.
        connect: (_options, done) => queueMicrotask(() => take(done)),
        allowH2: false,
        maxHeaderSize: MOST_HEADER_BYTES,
        // The signal is the deadline of the whole; a target that sends a byte a minute would outwit these.
        headersTimeout: 0,
        bodyTimeout: 0,
      })
      client.dispatch(
        {
          path: url.pathname + url.search,
          method: asked.method,
          headers: { ...asked.headers, connection: 'close' },
          ...(asked.body === undefined
            ? {}
            : { body: typeof asked.body === 'string' ? asked.body : Buffer.from(asked.body) }),
        },
        handler,
      )
    } catch (error) {
      fail(error)
    }
  })
