import { abortError, type Phase } from '../../../checks/lib/net.ts'

/** The promise's outcome, or a NetError as soon as the signal aborts; the work itself is left to end by itself. */
export const abortable = <T>(promise: Promise<T>, signal: AbortSignal, phase: Phase): Promise<T> =>
  new Promise((resolve, reject) => {
    const onAbort = () => reject(abortError(signal, phase))
    if (signal.aborted) {
      promise.catch(() => undefined)
      return onAbort()
    }
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
