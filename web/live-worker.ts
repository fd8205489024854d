import { type Connection, openStream } from './live-stream.ts'

// One stream for all tabs: over HTTP/1.1 a browser opens six connections to a server, and a stream in each of six tabs
// would leave none for anything else.
const ports = new Set<MessagePort>()
let state: Connection = 'connecting'
let stream: { close: () => void } | undefined

const tellAll = (message: unknown) => {
  for (const port of ports) port.postMessage(message)
}

const listener = {
  event: (event: unknown) => tellAll({ event }),
  moved: (moved: readonly string[]) => tellAll({ moved }),
  reread: () => tellAll({ reread: true }),
  state: (next: Connection) => {
    state = next
    tellAll({ state })
  },
}

const scope = globalThis as unknown as { onconnect: (event: MessageEvent) => void }

scope.onconnect = ({ ports: [port] }) => {
  if (!port) return
  ports.add(port)
  port.onmessage = ({ data }) => {
    if (data !== 'bye') return
    ports.delete(port)
    if (ports.size > 0) return
    stream?.close()
    stream = undefined
  }
  port.postMessage({ state })
  stream ??= openStream(listener, () => new EventSource('/api/events/stream'))
}
