import { connect as connectSocket, isIPv6, type Socket } from 'node:net'
import { abortError, type Phase, type Seen } from '../../../checks/lib/net.ts'
import { toNetError } from './failure.ts'

/** Starts a TCP connection to one of the addresses, which have all been checked. Tests put another in its place. */
export type Connector = (target: { host: string; addresses: string[]; port: number }) => Socket

/** A SYN that was lost is sent again after one second: moving on earlier would take a busy host for a dead one. */
const ATTEMPT_MS = 1_250
const MOST_ADDRESSES = 6

/** Tries the addresses in turn, families alternating, by Node's own implementation of RFC 8305. */
export const tcpConnector: Connector = ({ host, addresses, port }) => {
  const [only] = addresses
  if (only !== undefined && addresses.length === 1) return connectSocket({ host: only, port, noDelay: true })
  const list = addresses.slice(0, MOST_ADDRESSES).map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }))
  return connectSocket({
    host,
    port,
    noDelay: true,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ATTEMPT_MS,
    lookup: (_host, _options, done) => done(null, list),
  })
}

/** Resolves at `event`; on error, close or abort the socket is destroyed and a NetError about `target` thrown. */
export const settled = (
  socket: Socket,
  event: 'connect' | 'secureConnect',
  about: { target: string; phase: Phase; seen: Seen; signal: AbortSignal },
): Promise<void> =>
  new Promise((resolve, reject) => {
    const { target, phase, seen, signal } = about
    const done = () => {
      socket.off(event, onReady).off('error', onError).off('close', onClose)
      signal.removeEventListener('abort', onAbort)
    }
    const fail = (error: Error) => {
      done()
      // What still goes wrong on a socket that was given up must not end the process.
      socket.on('error', () => undefined).destroy()
      reject(error)
    }
    const onReady = () => {
      done()
      resolve()
    }
    const onError = (error: unknown) => fail(toNetError(error, target, phase, seen))
    const onClose = () => fail(toNetError({ code: 'ECONNRESET' }, target, phase, seen))
    const onAbort = () => fail(abortError(signal, phase, seen))
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort)
    socket.on(event, onReady).on('error', onError).on('close', onClose)
  })
