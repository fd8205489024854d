/** `npm run shots`: pictures of every page, wide and phone, light and dark, full and empty, into shots/ (ignored by git); `npm run shots -- floor queue`: of these alone. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { seedDay } from '../../dev/seed/day.ts'
import startDatabase from '../harness/global.ts'
import { adminKey } from '../harness/process.ts'
import { closeBrowser, openWindow, phone, wide } from './browser.ts'
import { openBrowserWorld } from './world.ts'

const only = process.argv.slice(2)
const folder = join(import.meta.dirname, '../../shots')
mkdirSync(folder, { recursive: true })

process.env.ADMIN_API_KEY = adminKey
const stop = await startDatabase()

const speakTo = (url: string) => async (method: string, path: string, body?: unknown) => {
  const answer = await fetch(`${url}/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${adminKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { [key: string]: unknown }
}

type First = { items: { id: string }[] }
const pagesOf = async (speak: ReturnType<typeof speakTo>): Promise<Record<string, string>> => {
  const first = async (path: string) => ((await speak('GET', path)) as unknown as First).items[0]?.id
  const pages: Record<string, string> = {
    floor: '/',
    wall: '/?wall=1',
    queue: '/queue',
    'new-ticket': '/queue/new',
    'desk-settings': '/settings/desk',
    alerts: '/alerts',
    monitors: '/monitors',
    'new-monitor': '/monitors/new',
    jobs: '/jobs',
    'new-job': '/jobs/new',
    'on-call': '/on-call',
    services: '/services',
    'service-map': '/services/map',
    hosts: '/services/hosts',
    'business-units': '/services/business-units',
    knowledge: '/knowledge',
    'new-knowledge': '/knowledge/new',
    people: '/people',
    sources: '/sources',
    'new-source': '/sources/new',
    routes: '/routes',
    catalogue: '/catalogue',
    'ask-for': '/catalogue/read-access',
    approvals: '/approvals',
    'request-types': '/settings/request-types',
    'request-type': '/settings/request-types/read-access',
    'new-route': '/routes/new',
    'contact-methods': '/me/contact-methods',
    settings: '/settings',
    'sla-policies': '/settings/sla-policies',
    'new-sla-policy': '/settings/sla-policies/new',
    'priority-matrix': '/settings/priority-matrix',
    calendars: '/settings/calendars',
  }
  const things: [string, string, (id: string) => string][] = [
    ['ticket', '/tickets?view=recent', (id) => `/tickets/${id}`],
    ['alert', '/alerts', (id) => `/alerts/${id}`],
    ['monitor', '/monitors', (id) => `/monitors/${id}`],
    ['job', '/jobs', (id) => `/jobs/${id}`],
    ['service', '/services', (id) => `/services/${id}`],
    ['host', '/hosts', (id) => `/services/hosts/${id}`],
    ['business-unit', '/business-units', (id) => `/services/business-units/${id}`],
    ['known-error', '/knowledge?kind=known_error', (id) => `/knowledge/${id}`],
    ['runbook', '/knowledge?kind=runbook', (id) => `/knowledge/${id}`],
    ['schedule', '/schedules', (id) => `/on-call/schedules/${id}`],
    ['policy', '/escalation-policies', (id) => `/on-call/policies/${id}`],
    ['person', '/users', (id) => `/people/${id}`],
    ['team', '/teams', (id) => `/teams/${id}`],
    ['source', '/sources', (id) => `/sources/${id}`],
    ['calendar', '/calendars', (id) => `/settings/calendars/${id}`],
    ['route', '/alert-routes', (id) => `/routes/${id}`],
  ]
  for (const [name, list, path] of things) {
    const id = await first(list)
    if (id) pages[name] = path(id)
  }
  return pages
}

const shoot = async (state: 'full' | 'empty') => {
  const world = await openBrowserWorld({ logins: ['marta'], empty: state === 'empty' })
  const speak = speakTo(world.url)
  if (state === 'full') {
    await seedDay(speak, world.world, world.url)
    await pause(16_000)
  }
  const pages = await pagesOf(speak)
  const ack = /\/ack\/(\S+)/.exec(world.sink.messages().find((m) => m.text.includes('/ack/'))?.text ?? '')?.[1]
  for (const [theme, size, viewport] of [
    ['light', 'wide', wide],
    ['dark', 'wide', wide],
    ['light', 'phone', phone],
    ['dark', 'phone', phone],
  ] as const) {
    const options = { viewport, colorScheme: theme, isMobile: size === 'phone', hasTouch: size === 'phone' }
    const signedIn = await openWindow(world, { as: 'marta', ...options })
    for (const [name, path] of Object.entries(pages))
      if (only.length === 0 || only.includes(name)) await picture(signedIn, path, `${name}-${state}-${size}-${theme}`)
    await signedIn.close()
    const stranger = await openWindow(world, options)
    await picture(stranger, '/sign-in', `sign-in-${state}-${size}-${theme}`)
    if (ack) await picture(stranger, `/ack/${ack}`, `acknowledge-${state}-${size}-${theme}`)
    await stranger.close()
  }
  await world.close()
}

const picture = async (window: Awaited<ReturnType<typeof openWindow>>, path: string, name: string) => {
  await window.goto(path).catch((error) => console.error(`${name}: ${(error as Error).message.split('\n')[0]}`))
  await pause(700)
  await window.page.screenshot({ path: join(folder, `${name}.png`) })
  for (const complaint of window.complaints.splice(0)) console.error(`${name}: ${complaint}`)
}

for (const state of ['full', 'empty'] as const) await shoot(state)
await closeBrowser()
await stop?.()
console.log(`Pictures are in ${folder}.`)
process.exit(0)
