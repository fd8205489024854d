import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openStream, type Source, throttleByKey } from './live-stream.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

type Fake = Source & { readyState: number; say: (type: string, data?: unknown) => void }

const network = () => {
  const sources: Fake[] = []
  const heard: string[] = []
  const stream = openStream(
    {
      event: (event) => heard.push(event.type),
      state: (state) => heard.push(state),
      moved: (subjects) => heard.push(...subjects),
      reread: () => heard.push('reread'),
    },
    () => {
      const listeners = new Map<string, (message: { data?: unknown }) => void>()
      const source: Fake = {
        readyState: 0,
        addEventListener: (type, listener) => void listeners.set(type, listener),
        close: () => {},
        say: (type, data) => listeners.get(type)?.({ data: typeof data === 'string' ? data : JSON.stringify(data) }),
      }
      sources.push(source)
      return source
    },
  )
  const last = () => sources.at(-1) as Fake
  const refuse = () => {
    last().readyState = 2
    last().say('error')
  }
  return { sources, heard, stream, last, refuse }
}

test('a new stream is greeted, and what happens is heard; what cannot be read is passed over', () => {
  const { last, heard } = network()
  last().say('hello', {})
  last().say('ready', {})
  last().say('change', { type: 'ticket.opened' })
  last().say('change', 'not json')
  last().say('change', { subject: 'no type' })
  last().say('moved', ['deadline:1'])
  last().say('moved', 'not json')
  last().say('change', { type: 'alert.fired' })
  expect(heard).toEqual(['connecting', 'reread', 'open', 'ticket.opened', 'deadline:1', 'alert.fired'])
})

test('a cut connection is left to the browser, which is sent what it missed', () => {
  const { last, sources, heard } = network()
  last().say('hello')
  last().say('ready')
  // It tries every few seconds, and says so each time.
  for (let tries = 0; tries < 1200; tries++) {
    last().say('error')
    vi.advanceTimersByTime(3000)
  }
  last().say('change', { type: 'ticket.resolved' })
  last().say('ready')
  expect(sources).toHaveLength(1)
  expect(heard.filter((said) => said !== 'lost')).toEqual(['connecting', 'reread', 'open', 'ticket.resolved', 'open'])
})

test('who was away for too long reads everything again', () => {
  const { last, heard } = network()
  last().say('reset')
  last().say('ready')
  expect(heard).toEqual(['connecting', 'reread', 'open'])
})

test('a line that is dead and tells nobody is found out by its silence; after an hour everything is read again, once', () => {
  const { last, sources, heard } = network()
  last().say('hello')
  last().say('ready')
  for (let beats = 0; beats < 60; beats++) {
    vi.advanceTimersByTime(10_000)
    last().say('beat')
  }
  expect(sources).toHaveLength(1)
  expect(heard).toEqual(['connecting', 'reread', 'open'])
  // Nothing comes and nothing ends: a laptop that slept, a firewall that forgot. Nobody answers the next ones either.
  vi.advanceTimersByTime(34_000)
  expect(heard.at(-1)).toBe('open')
  vi.advanceTimersByTime(3_600_000)
  expect(sources.length).toBeGreaterThan(30)
  expect(sources.length).toBeLessThan(110)
  last().say('hello')
  last().say('ready')
  expect(heard.filter((said) => said !== 'lost')).toEqual(['connecting', 'reread', 'open', 'reread', 'open'])
  // What a line that was given up says at last is heard by nobody.
  sources[0]?.say('change', { type: 'ticket.opened' })
  expect(heard.at(-1)).toBe('open')
})

test('a refused connection is opened anew, later each time', () => {
  const { last, sources, refuse } = network()
  for (const wait of [1000, 2000, 4000, 8000, 15_000, 15_000]) {
    const before = sources.length
    refuse()
    vi.advanceTimersByTime(wait - 1)
    expect(sources).toHaveLength(before)
    vi.advanceTimersByTime(1)
    expect(sources).toHaveLength(before + 1)
  }
  last().say('ready')
  refuse()
  vi.advanceTimersByTime(1000)
  expect(sources).toHaveLength(8)
})

test('a closed stream stays closed', () => {
  const { sources, stream, refuse } = network()
  refuse()
  stream.close()
  vi.advanceTimersByTime(60_000)
  expect(sources).toHaveLength(1)
})

test('a thousand events are a few refreshes, and the last of them is not lost', () => {
  const done: string[][] = []
  const refresh = throttleByKey<string>((keys) => done.push([...keys]), 1000)
  for (let index = 0; index < 1000; index += 1) {
    refresh(['tickets', index % 2 ? 'alerts' : 'floor'])
    vi.advanceTimersByTime(2)
  }
  refresh(['last'])
  vi.advanceTimersByTime(5000)
  expect(done.length).toBeLessThanOrEqual(4)
  expect(done[0]).toContain('tickets')
  expect(done.at(-1)).toContain('last')
})
