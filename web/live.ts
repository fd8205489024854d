import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { type Connection, type LiveEvent, openStream, throttleByKey } from './live-stream.ts'
import { serverNow } from './ui/now.ts'

export type { LiveEvent } from './live-stream.ts'

type Message = { event: LiveEvent } | { moved: readonly string[] } | { state: Connection } | { reread: true }

const mapping: { prefix: string; keysOf: (event: LiveEvent) => readonly QueryKey[] }[] = []
const handlers = new Set<(event: LiveEvent) => void>()

/**
 * Say which queries an event makes old: `refreshOn('ticket.', () => [query.desk.key()])`. Called once, beside the
 * queries it names.
 */
export const refreshOn = (prefix: string, keysOf: (event: LiveEvent) => readonly QueryKey[]): void =>
  void mapping.push({ prefix, keysOf })

const moves: { kind: string; keysOf: (id: string) => readonly QueryKey[] }[] = []

/** Say which queries are old when something of a kind has moved, though nothing was recorded: `refreshOnMove('deadline', …)`. */
export const refreshOnMove = (kind: string, keysOf: (id: string) => readonly QueryKey[]): void =>
  void moves.push({ kind, keysOf })

const keysMoved = (subject: string): readonly QueryKey[] => {
  const [kind, id = ''] = subject.split(':')
  return moves.filter((one) => one.kind === kind).flatMap(({ keysOf }) => keysOf(id))
}

const moveHandlers = new Set<(subject: string) => void>()

/** Hear each time that this subject has moved, for as long as the component is shown. `handle` should be stable. */
export const useMoves = (subject: string, handle: () => void): void => {
  useEffect(() => {
    const handler = (moved: string) => moved === subject && handle()
    moveHandlers.add(handler)
    return () => void moveHandlers.delete(handler)
  }, [subject, handle])
}

/** Hear each event whose type starts so, for as long as the component is shown. `handle` should be stable. */
export const useLiveEvents = (prefix: string, handle: (event: LiveEvent) => void): void => {
  useEffect(() => {
    const handler = (event: LiveEvent) => event.type.startsWith(prefix) && handle(event)
    handlers.add(handler)
    return () => void handlers.delete(handler)
  }, [prefix, handle])
}

export type LiveState = { connection: Connection; since: number }
let current: LiveState = { connection: 'connecting', since: serverNow() }
const listeners = new Set<() => void>()
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Whether the live feed is connected, and since when it is so. */
export const useLive = (): LiveState => useSyncExternalStore(subscribe, () => current)

const connect = (receive: (message: Message) => void): (() => void) => {
  if (typeof SharedWorker !== 'function') {
    const listener = {
      event: (event: LiveEvent) => receive({ event }),
      moved: (moved: readonly string[]) => receive({ moved }),
      state: (state: Connection) => receive({ state }),
      reread: () => receive({ reread: true }),
    }
    return openStream(listener, () => new EventSource('/api/events/stream')).close
  }
  const { port } = new SharedWorker(new URL('./live-worker.ts', import.meta.url), {
    type: 'module',
    name: 'watchfloor-live',
  })
  port.onmessage = ({ data }: MessageEvent<Message>) => receive(data)
  const bye = () => port.postMessage('bye')
  // A page that comes back from the browser's cache of pages had said goodbye and missed what happened since.
  const back = (event: PageTransitionEvent) => event.persisted && location.reload()
  addEventListener('pagehide', bye)
  addEventListener('pageshow', back)
  return () => {
    removeEventListener('pagehide', bye)
    removeEventListener('pageshow', back)
    bye()
  }
}

/** Connect to the live feed and keep the queries fresh by it. Returns how to end it. */
export const startLive = (client: QueryClient): (() => void) => {
  const refresh = throttleByKey<QueryKey>((keys) => {
    for (const queryKey of keys) void client.invalidateQueries({ queryKey })
  }, 1000)
  let first = true
  return connect((message) => {
    if ('event' in message) {
      refresh(
        mapping
          .filter(({ prefix }) => message.event.type.startsWith(prefix))
          .flatMap(({ keysOf }) => keysOf(message.event)),
      )
      for (const handle of handlers) handle(message.event)
    } else if ('moved' in message) {
      refresh(message.moved.flatMap(keysMoved))
      for (const handle of moveHandlers) message.moved.forEach(handle)
    } else if ('reread' in message) {
      // The first greeting comes while the page makes its first reads; they are done again a moment later, because
      // what happened between a read and the greeting was heard by nobody.
      setTimeout(() => void client.invalidateQueries(), first ? 2000 : 0)
      first = false
    } else if (message.state !== current.connection) {
      current = { connection: message.state, since: serverNow() }
      for (const listener of listeners) listener()
    }
  })
}
