import type { Socket } from 'node:net'
import { abortError, NetError } from './net.ts'

const MOST_BYTES = 64 * 1024

export type Heard = { text: string; found: boolean }

/**
 * Reads until `expected` has come, the other side ends, or 64 kB were read; `found` says which. Rejects with a
 * NetError on abort and on a broken connection.
 */
export const listenFor = (socket: Socket, expected: string, signal: AbortSignal, target: string): Promise<Heard> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    const text = () => Buffer.concat(chunks).toString('utf8')
    const done = () => {
      socket.off('data', onData).off('end', onEnd).off('close', onEnd)
      signal.removeEventListener('abort', onAbort)
    }
    const finish = (found: boolean) => {
      done()
      resolve({ text: text(), found })
    }
    const onData = (chunk: Buffer) => {
      chunks.push(chunk)
      length += chunk.length
      if (text().includes(expected)) finish(true)
      else if (length > MOST_BYTES) finish(false)
    }
    const onEnd = () => finish(false)
    const onError = (error: Error) => {
      done()
      reject(
        new NetError(
          'reset',
          `${target} broke the connection off (${(error as NodeJS.ErrnoException).code ?? error.message})`,
          { phase: 'body', cause: error },
        ),
      )
    }
    const onAbort = () => {
      done()
      reject(abortError(signal, 'body'))
    }
    // Stays on: a socket without a listener for errors would end the process.
    socket.on('error', onError)
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort)
    socket.on('data', onData).on('end', onEnd).on('close', onEnd)
  })
