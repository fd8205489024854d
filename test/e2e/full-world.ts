import { setTimeout as pause } from 'node:timers/promises'
import { signInPaths } from '../../contract/identity/sign-in.ts'
import { seedDay } from '../../dev/seed/day.ts'
import { paths } from '../../web/paths.ts'
import { eodNight } from '../harness/eod-night.ts'
import { adminKey } from '../harness/process.ts'
import { openWindow } from './browser.ts'
import type { BrowserWorld } from './world.ts'

const links = [paths.firstRun(''), paths.acknowledge(''), paths.approve('')]

/** Speaks to the API as the administrator. */
export const speakTo = (url: string) => async (method: string, path: string, body?: unknown) => {
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

type Listed = { items: { id: string; act: string }[] }

/** On the job at the top of the list: one act that is taken, one that is not, and a mark for the next shift. */
const actOnSome = async (speak: ReturnType<typeof speakTo>) => {
  const { items } = (await speak('GET', '/jobs')) as unknown as Listed
  const [job] = items
  if (!job) return
  const offers = (await speak('GET', `/jobs/${job.id}/actions`)) as unknown as Listed
  for (const { id } of offers.items)
    await speak('POST', `/jobs/${job.id}/acts`, { actionId: id, reason: 'The file of the vendor came twice' })
  await speak('PUT', `/jobs/${job.id}/hand-over`, { note: 'Run it again if the file is not there by 02:00' })
}

/** What the seeded day has not: an alert route, acts on a job, and a link to a new password. */
export const fill = async (world: BrowserWorld, speak: ReturnType<typeof speakTo>) => {
  await seedDay(speak, world.world, world.url)
  await eodNight(world.house, world.url, speak, world.world.services)
  await speak('POST', '/alert-routes', {
    name: 'Oracle to the DBAs',
    condition: 'alert.host.startsWith("ora")',
    teamId: world.world.teams.dba,
  })
  await speak('POST', '/scheduler-actions', {
    name: 'Run again (scheduler of the bank)',
    act: 'rerun',
    kind: 'http',
    config: { url: `${world.url}/healthz?job={slug}&date={businessDate}`, method: 'GET' },
  })
  await speak('POST', '/scheduler-actions', {
    name: 'Hold (scheduler of the bank)',
    act: 'hold',
    kind: 'http',
    config: {
      url: `${world.url}/no-such-page?job={slug}`,
      headers: [{ name: 'x-api-key', value: 'of-the-bank-0815' }],
    },
  })
  await speak('PUT', '/chains/resources', { name: 'DB_SEATS', units: 4 })
  await speak('PUT', '/chains/globals', { name: 'MARKET_OPEN', value: 'Y' })
  await speak('PUT', '/chains/cuts', { zone: 'Asia/Tokyo', cut: '18:00' })
  await speak('POST', '/webhooks', { name: 'Ops bus', url: `${world.url}/no-such-page`, about: ['deadline', 'job'] })
  await actOnSome(speak)
  const stranger = await openWindow(world)
  await stranger.page.request.post(signInPaths.forgotten, {
    headers: { origin: world.url },
    data: { email: world.mailOf('laurent') },
  })
  await stranger.close()
  // Mails go out, with links to pages of their own.
  for (let i = 0; i < 160 && !links.every((link) => world.sink.messages().some((m) => m.text.includes(link))); i++)
    await pause(100)
}
