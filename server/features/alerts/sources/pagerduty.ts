import { randomBytes } from 'node:crypto'
import { defineSource, SourceError } from '../define-source.ts'
import { fieldsOf, parseJson } from '../read-json.ts'
import { changePath, readPagerduty } from '../read-pagerduty.ts'

const headers = { 'content-type': 'application/json', ':path': '/v2/enqueue' }
const key = '0123456789abcdef0123456789abcdef'

const event = { routing_key: key, dedup_key: 'eod-batch/fx' }
const payload = {
  summary: 'FX end-of-day batch late',
  source: 'sched01',
  severity: 'error',
  timestamp: '2026-03-29T01:30:00.000+0000',
  component: 'batch',
  group: 'fx',
  class: 'late',
  custom_details: { job: 'FX_EOD', late_s: 900, service: 'settlement', steps: { load: 'done' } },
}
const nothing = { at: null, severity: 'medium', summary: '', labels: {}, links: [] } as const
const invalid = { status: 'invalid event', message: 'Event object is invalid' }

export const pagerduty = defineSource({
  kind: 'pagerduty',
  title: 'PagerDuty events',
  help: `Takes PagerDuty's Events API v2: a tool that can send to PagerDuty sends here once its host name and its key are changed. It is answered as PagerDuty answers.
The details \`service\`, \`team\`, \`environment\` (or \`env\`) and \`host\` are understood; a \`source\` that looks like the name of a host (with a digit or a dot) is the host. Change events are kept as changes, and tell nobody.
A second trigger with the same \`dedup_key\` is counted, not told again; after a resolve it is a new alert.`,
  setup: `# The address in place of https://events.pagerduty.com/v2/enqueue
{url}
# and the key (integration key, routing key) of 32 characters
{key}

# To try it:
curl '{url}' -H 'content-type: application/json' -d '{
  "routing_key": "{key}",
  "event_action": "trigger",
  "dedup_key": "fx-batch",
  "payload": {"summary": "FX end-of-day batch late", "source": "sched01", "severity": "error"}
}'
# It is right again:
curl '{url}' -H 'content-type: application/json' -d '{
  "routing_key": "{key}", "event_action": "resolve", "dedup_key": "fx-batch"
}'
`,
  samples: [
    {
      name: 'A batch is late',
      headers,
      body: JSON.stringify({
        ...event,
        event_action: 'trigger',
        payload,
        client: 'Batch watch',
        client_url: 'https://batch.example.com/fx',
        links: [{ href: 'https://wiki.example.com/fx-eod', text: 'What to do' }],
        images: [{ src: 'https://batch.example.com/fx.png', alt: 'Run times' }],
      }),
      signals: [
        {
          kind: 'firing',
          dedupKey: 'eod-batch/fx',
          at: Temporal.Instant.from('2026-03-29T01:30:00Z'),
          severity: 'high',
          summary: 'FX end-of-day batch late',
          service: 'settlement',
          host: 'sched01',
          labels: {
            source: 'sched01',
            component: 'batch',
            group: 'fx',
            class: 'late',
            job: 'FX_EOD',
            late_s: '900',
            service: 'settlement',
            steps: '{"load":"done"}',
          },
          links: [
            { label: 'What to do', url: 'https://wiki.example.com/fx-eod' },
            { label: 'Run times', url: 'https://batch.example.com/fx.png' },
            { label: 'Batch watch', url: 'https://batch.example.com/fx' },
          ],
        },
      ],
    },
    {
      name: 'Somebody looks after it',
      headers,
      body: JSON.stringify({ ...event, event_action: 'acknowledge' }),
      signals: [{ ...nothing, links: [], kind: 'acknowledged', dedupKey: 'eod-batch/fx' }],
    },
    {
      name: 'It is right again',
      headers,
      body: JSON.stringify({ ...event, event_action: 'resolve', payload: { summary: '', source: '', severity: '' } }),
      signals: [{ ...nothing, links: [], kind: 'resolved', dedupKey: 'eod-batch/fx' }],
    },
    {
      name: 'A change',
      headers: { ...headers, ':path': changePath },
      body: JSON.stringify({
        routing_key: key,
        payload: { summary: 'Order entry 4.2 is live', source: 'deploy', timestamp: '2026-03-29T01:00:00Z' },
        links: [{ href: 'https://build.example.com/42', text: 'The build' }],
      }),
      signals: [
        {
          kind: 'change',
          dedupKey: 'deploy',
          at: Temporal.Instant.from('2026-03-29T01:00:00Z'),
          severity: 'info',
          summary: 'Order entry 4.2 is live',
          labels: { source: 'deploy' },
          links: [{ label: 'The build', url: 'https://build.example.com/42' }],
        },
      ],
    },
  ],
  parse: (text, given) => readPagerduty(fieldsOf(parseJson(text)), given),
  dialect: {
    paths: ['/v2/enqueue', changePath],
    mostBytes: 512_000,
    newKey: () => randomBytes(16).toString('hex'),
    keyOf(text) {
      const routing = fieldsOf(JSON.parse(text)).routing_key
      if (typeof routing !== 'string' || routing.trim() === '')
        throw new SourceError("'routing_key' is missing or blank")
      if (routing.length !== key.length)
        throw new SourceError(`Length of 'routing_key' is incorrect (should be ${key.length} characters)`)
      return routing
    },
    accepted: ([signal], path) => ({
      status: 202,
      body:
        path === changePath
          ? { status: 'success', message: 'Change event processed' }
          : { status: 'success', message: 'Event processed', dedup_key: signal?.dedupKey ?? '' },
    }),
    unreadable: (error) =>
      error instanceof SourceError
        ? { status: 400, body: { ...invalid, errors: error.message.split('\n') } }
        : {
            status: 400,
            body: {
              status: 'Unrecognized object',
              message: 'Event object format is unrecognized',
              errors: ['JSON parse error'],
            },
          },
    refused: ({ status, message }) =>
      status === 429
        ? {
            status,
            body: {
              status: 'throttle exceeded',
              message: 'Requests for this service are arriving too quickly.  Please retry later.',
              errors: [message],
            },
          }
        : { status: status === 401 ? 400 : status, body: { ...invalid, errors: [message] } },
  },
})
