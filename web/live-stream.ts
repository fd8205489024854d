/** One message of the live feed: something was recorded. */
export type LiveEvent = {
  id: string
  type: string
  /** What it happened to: 'ticket:<id>'. */
  subject: string
  /** Everything whose timeline it belongs to, as references. */
  about: readonly string[]
  team: string | null
  at: string
  actor: string
}

export type Connection = 'connecting' | 'open' | 'lost'

/** The part of EventSource that is used, so that a test can stand in for the network. */
export type Source = {
  readonly readyState: number
  addEventListener: (type: string, listener: (message: { data?: unknown }) => void) => void
  close: () => void
}

export type Listener = {
  event: (event: LiveEvent) => void
  /** What is shown of these subjects is old, though nothing was recorded. */
  moved: (subjects: readonly string[]) => void
  state: (state: Connection) => void
  /** What happened before this moment may not have been heard: read everything again. */
  reread: () => void
}

const closed = 2
/** The server says every ten seconds that it is there. */
const SILENCE_MS = 35_000
const backOff = (failures: number) => Math.min(1000 * 2 ** failures, 15_000)

const parse = (data: unknown): LiveEvent | undefined => {
  try {
    const found = JSON.parse(String(data)) as LiveEvent
    return typeof found.type === 'string' ? found : undefined
  } catch {
    return undefined
  }
}

const subjectsOf = (data: unknown): readonly string[] => {
  try {
    const found: unknown = JSON.parse(String(data))
    return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}

/**
 * Keeps a stream of server-sent events open until it is closed. The browser's EventSource resumes after a cut
 * connection by itself and is sent what it missed (`change`), or told that it missed too much (`reset`); but it gives
 * up when the server answers with an error, as a restart behind a proxy does. Then a new one is opened, later each
 * time, which is greeted (`hello`) and knows nothing of what was before. A line that has died without a word (a laptop
 * that slept, a firewall that forgot it) is known by its silence, and given up for a new one as well.
 */
export const openStream = (listener: Listener, connect: () => Source): { close: () => void } => {
  let source: Source | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  const start = () => {
    const current = connect()
    source = current
    const giveUp = (wait: number) => {
      listener.state('lost')
      current.close()
      clearTimeout(timer)
      timer = setTimeout(start, wait)
    }
    const on = (type: string, act: (data: unknown) => void) =>
      current.addEventListener(type, ({ data }) => {
        if (source !== current) return
        clearTimeout(timer)
        timer = setTimeout(giveUp, SILENCE_MS, 0)
        act(data)
      })
    timer = setTimeout(giveUp, SILENCE_MS, 0)
    on('change', (data) => {
      const event = parse(data)
      if (event) listener.event(event)
    })
    on('moved', (data) => listener.moved(subjectsOf(data)))
    on('hello', () => listener.reread())
    on('reset', () => listener.reread())
    on('beat', () => {})
    on('ready', () => {
      failures = 0
      listener.state('open')
    })
    on('error', () => {
      listener.state('lost')
      if (current.readyState !== closed) return
      giveUp(backOff(failures))
      failures += 1
    })
  }
  listener.state('connecting')
  start()
  return {
    close: () => {
      clearTimeout(timer)
      source?.close()
      source = undefined
    },
  }
}

/**
 * Collects what is to be done by key, does it at once and then at most every `every` ms: a storm of a thousand events
 * refreshes a list a few times, not a thousand.
 */
export const throttleByKey = <Key>(act: (keys: readonly Key[]) => void, every: number) => {
  const waiting = new Map<string, Key>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    if (waiting.size === 0) return
    const keys = [...waiting.values()]
    waiting.clear()
    timer = setTimeout(flush, every)
    act(keys)
  }
  return (keys: readonly Key[]): void => {
    for (const key of keys) waiting.set(JSON.stringify(key), key)
    // The first is done in a moment, so that the events of one transaction are one refresh.
    if (timer === undefined) timer = setTimeout(flush, 30)
  }
}
