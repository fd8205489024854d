import type { FrameApi } from '../../parts/frame-data.ts'
import type { NavEntry } from '../../parts/nav.ts'

export const nav: readonly NavEntry[] = [
  { label: 'Floor', to: '/', icon: 'floor', k: 'g f', group: 'now', phone: true },
  { label: 'Queue', to: '/queue', icon: 'queue', k: 'g q', count: 'queue', group: 'now', phone: true },
  { label: 'Alerts', to: '/kit', icon: 'alerts', k: 'g a', count: 'alerts', group: 'now', phone: true },
  { label: 'Monitors', to: '/monitors', icon: 'monitors', k: 'g m', count: 'monitors', group: 'now' },
  { label: 'On-call', to: '/on-call', icon: 'onCall', k: 'g o', group: 'plan', phone: true },
  { label: 'Services', to: '/services', icon: 'services', k: 'g s', group: 'plan' },
  { label: 'People and teams', to: '/people', icon: 'people', k: 'g p', group: 'plan' },
  { label: 'Sources', to: '/sources', icon: 'sources', k: 'g r', group: 'plan' },
]

const things = [
  { id: '1', title: 'INC-1987 Undo tablespace full on prddba1', hint: 'resolved 3 Nov', to: '/queue' },
  { id: '2', title: 'Host prddba1', hint: 'up, undo 91 %', to: '/monitors' },
]

export const frameApi: FrameApi = {
  me: async () => ({
    id: '1',
    name: 'Tom Miller',
    email: 'tom.miller@example.com',
    zone: 'Europe/London',
    teams: [],
    may: { 'ticket.work': 'all' },
  }),
  counts: {
    queue: async () => ({ text: '23', hot: true }),
    alerts: async () => ({ text: '41', hot: false }),
    monitors: async () => ({ text: '3 down', hot: true }),
  },
  trouble: async () => [],
  onCallNow: async () => [
    { team: 'L2 markets', person: 'Priya N.', until: new Date(Date.now() + 3.8 * 3_600_000).toISOString() },
    { team: 'DBA', person: 'Jonas W.', until: null },
    { team: 'Network', person: null, until: null },
  ],
  places: async () => [
    { name: 'London', zone: 'Europe/London', open: true },
    { name: 'New York', zone: 'America/New_York', open: false },
    { name: 'Tokyo', zone: 'Asia/Tokyo', open: true },
  ],
  find: async (text) => things.filter((thing) => thing.title.toLowerCase().includes(text.split(' ').at(-1) ?? '')),
  signOut: async () => {},
}
