import { systemClock } from '../../server/platform/clock.ts'
import { seedJobs } from './day-jobs.ts'
import type { World } from './index.ts'

/** Speaks to the API as a program with all scopes does. */
export type Speak = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
) => Promise<{ [key: string]: unknown }>

type Ticket = {
  title: string
  service: keyof World['services']
  kind?: string
  impact: string
  urgency: string
  environment?: string
  page?: boolean
  requester?: keyof World['people']
  words?: string
}

const tickets: Ticket[] = [
  {
    title: 'No prices on EMEA blotters',
    service: 'orderEntry',
    impact: 'high',
    urgency: 'high',
    page: true,
    words: 'Blotters are empty since 06:56. Voice to the New York desk works.',
  },
  {
    title: 'Settlement file to CREST not delivered',
    service: 'settlement',
    impact: 'medium',
    urgency: 'high',
    page: true,
    words: 'STL_CREST_OUT ended with 12: ORA-01555, snapshot too old.',
  },
  {
    title: 'Margin report shows yesterday’s date',
    service: 'riskReporting',
    impact: 'medium',
    urgency: 'medium',
    requester: 'kovac',
  },
  {
    title: 'Blotter column layout lost after update',
    service: 'orderEntry',
    impact: 'low',
    urgency: 'high',
    requester: 'laurent',
  },
  { title: 'FIX simulator refuses logons', service: 'fix', impact: 'medium', urgency: 'medium', environment: 'uat' },
  { title: 'Re-run EOD_POS for 2 accounts', service: 'settlement', kind: 'request', impact: 'low', urgency: 'medium' },
  { title: 'Position break on two accounts', service: 'riskEngine', impact: 'medium', urgency: 'low' },
  { title: 'Drop copy session slow at the open', service: 'fix', impact: 'medium', urgency: 'low' },
  { title: 'Slow search in client portal mornings', service: 'portal', impact: 'low', urgency: 'low' },
  {
    title: 'Market data gateway drops on calendar roll',
    service: 'marketData',
    kind: 'problem',
    impact: 'medium',
    urgency: 'low',
  },
  {
    title: 'Kernel patch on the batch machines',
    service: 'fileTransfer',
    kind: 'change',
    impact: 'low',
    urgency: 'low',
  },
  { title: 'Duplicate mails from the file mover', service: 'fileTransfer', impact: 'low', urgency: 'low' },
  { title: 'Certificate renewal *.portal', service: 'portal', kind: 'change', impact: 'low', urgency: 'low' },
]

const id = (answer: { [key: string]: unknown }): string =>
  String((answer.ticket as { id?: string } | undefined)?.id ?? answer.id)

/** A believable morning on top of the seed: tickets in every state, a tool that speaks, monitors on a server. */
export const seedDay = async (speak: Speak, world: World, target: string): Promise<void> => {
  const services = world.services as Record<string, string>
  const made: string[] = []
  for (const t of tickets) {
    const { service, requester, words, ...rest } = t
    const body = {
      kind: 'incident',
      ...rest,
      serviceId: services[service],
      description: words ?? '',
      ...(requester ? { requesterId: world.people[requester] } : {}),
    }
    made.push(id(await speak('POST', '/tickets', body)))
  }
  const [prices, crest, margin] = made
  for (const application of ['repo', 'cash'])
    await speak('POST', '/requests', {
      typeId: 'read-access',
      requesterId: world.people.brandt,
      answers: {
        application,
        joiners: 'Ann Bell\nCem Dal\nEva Frey',
        from: '2026-12-01',
        why: 'They join the desk on the first.',
      },
    })
  await speak('POST', `/services/${services.marketData}/changes`, {
    title: 'Switch failover in the London hall',
    details: 'Both gateways were moved to the second pair of switches.',
  })
  const rolled = await speak('POST', '/tickets', {
    title: 'No prices on the Tokyo blotters after the calendar roll',
    serviceId: services.marketData,
    impact: 'medium',
    urgency: 'medium',
    description: 'Blotters empty since the roll.',
  })
  await speak('PUT', `/tickets/${id(rolled)}/assignee`, { userId: world.people.aiko })
  await speak('POST', `/tickets/${id(rolled)}/knowledge`, { itemId: world.knowledge.noPrices })
  await speak('PUT', `/tickets/${id(rolled)}/knowledge/${world.knowledge.noPrices}/verdict`, { helped: true })
  await speak('POST', `/tickets/${id(rolled)}/resolution`, {
    resolution: 'Restarted the price bridge on tk-mdgw-01; prices were back after two minutes.',
  })
  await speak('PUT', `/tickets/${prices}/assignee`, { userId: world.people.priya })
  await speak('POST', `/tickets/${prices}/notes`, {
    body: 'mdgw-02 has restarted twice since the roll. Trying the standby.',
  })
  await speak('POST', `/tickets/${prices}/replies`, {
    body: 'We are on it. Please use voice to the New York desk; next word by 07:25.',
  })
  await speak('PUT', `/tickets/${crest}/assignee`, { userId: world.people.dan })
  await speak('POST', `/tickets/${margin}/pending`, { reason: 'user' })
  const source = await speak('POST', '/sources', {
    kind: 'generic',
    name: 'Disk watch',
    slug: 'disk-watch',
    serviceId: services.referenceData,
  })
  const signals = ['prdbat01 /data 91 % full', 'prdref02 /var 88 % full'].map((title, i) => ({
    title,
    severity: i === 0 ? 'high' : 'medium',
    labels: { host: title.split(' ')[0], team: 'dba' },
  }))
  await fetch(new URL('/intake/generic', target.replace(/\/target$/, '')), {
    method: 'POST',
    headers: { authorization: `Bearer ${String(source.key)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ signals }),
  })
  const watched: [string, keyof typeof services, string][] = [
    ['Order gateway login', 'orderEntry', '/healthz'],
    ['Market data heartbeat', 'marketData', '/healthz'],
    ['Client portal', 'portal', '/healthz'],
    ['Settlement API', 'settlement', '/readyz'],
    // Nothing listens at this port.
    ['Risk engine', 'riskEngine', 'http://127.0.0.1:9/health'],
  ]
  for (const [name, service, path] of watched) {
    await speak('POST', '/monitors', {
      kind: 'http',
      name,
      config: { address: path.startsWith('/') ? `${target}${path}` : path, timeoutSeconds: 2 },
      serviceId: services[service],
      intervalSeconds: 5,
      downAfter: 2,
    })
  }
  const airflow = await speak('POST', '/schedulers', {
    kind: 'airflow',
    name: 'Airflow of risk',
    config: { url: 'https://airflow.harbour-bank.example', user: 'watchfloor', password: 'unused' },
  })
  await speak('POST', `/schedulers/${id(airflow)}/pause`)
  await seedJobs(speak, world, target.replace(/\/target$/, ''), systemClock().now())
}
