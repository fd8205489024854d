import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import { expect, test, vi } from 'vitest'

type Listener = (event: { waitUntil(work: Promise<unknown>): void } & Record<string, unknown>) => void

/** The service worker as the browser runs it, with what it calls written down. */
const worker = (windows: { url: string }[] = []) => {
  const listeners = new Map<string, Listener>()
  const calls: unknown[][] = []
  const call =
    (name: string) =>
    async (...given: unknown[]) =>
      void calls.push([name, ...given])
  const self = {
    addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
    skipWaiting: call('skipWaiting'),
    registration: { showNotification: call('show') },
    clients: {
      claim: call('claim'),
      openWindow: call('open'),
      matchAll: async () => windows.map((one) => ({ ...one, focus: call(`focus ${one.url}`) })),
    },
    location: { origin: 'https://watchfloor.example.com' },
  }
  runInContext(readFileSync(new URL('public/push.js', import.meta.url), 'utf8'), createContext({ self, URL }))
  return {
    calls,
    async tell(type: string, event: Record<string, unknown>) {
      let work: Promise<unknown> = Promise.resolve()
      listeners.get(type)?.({
        ...event,
        waitUntil: (given) => {
          work = given
        },
      })
      await work
    },
  }
}

test('what the push service brings is shown, and a page stays until somebody looks', async () => {
  const { calls, tell } = worker()
  const data = { title: 'P1: Order entry is down', body: 'Now', url: '/queue', tag: 'x', stays: true }
  await tell('push', { data: { json: () => data } })
  expect(calls).toEqual([
    [
      'show',
      'P1: Order entry is down',
      { body: 'Now', tag: 'x', requireInteraction: true, icon: '/icon-192.png', data: { url: '/queue' } },
    ],
  ])
})

test.each([
  ['/queue', [{ url: 'https://watchfloor.example.com/queue' }], ['focus https://watchfloor.example.com/queue']],
  ['/queue', [{ url: 'https://watchfloor.example.com/floor' }], ['open', 'https://watchfloor.example.com/queue']],
  ['https://watchfloor.example.com/ack/x', [], ['open', 'https://watchfloor.example.com/ack/x']],
])('a click on it leads to %s', async (url, windows, expected) => {
  const { calls, tell } = worker(windows)
  const close = vi.fn()
  await tell('notificationclick', { notification: { data: { url }, close } })
  expect(close).toHaveBeenCalledOnce()
  expect(calls).toEqual([expected])
})
