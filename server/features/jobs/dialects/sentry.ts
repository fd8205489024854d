import { type Asked, asked, DialectError, defineDialect, fieldsOf, json, parseJson, plain } from '../define-dialect.ts'
import { itemsOf, pingOfCheckIn } from '../read-envelope.ts'

const MISSING = 'missing authorization information'

/** In the path, the query, or a header of its own. */
const keyOf = (given: Asked): string => {
  const header = given.headers['x-sentry-auth'] ?? given.headers.authorization ?? ''
  const [, inHeader] = /\bsentry_key=([^\s,]+)/.exec(header) ?? []
  const key = given.params.key ?? asked(given, 'sentry_key') ?? inHeader
  if (!key) throw new DialectError(401, MISSING)
  return key
}

/** A check-in without an envelope: in the query, or as JSON. */
const plainCheckIn = (given: Asked): Record<string, unknown> => {
  if (given.contentType.startsWith('application/json'))
    return fieldsOf(parseJson(given.body.toString('utf8'), 'the check-in'))
  const duration = asked(given, 'duration')
  return {
    status: asked(given, 'status'),
    check_in_id: asked(given, 'check_in_id'),
    ...(duration === undefined ? {} : { duration: Number(duration) }),
  }
}

const envelope = (item: object) => {
  const payload = JSON.stringify(item)
  return [
    JSON.stringify({ sent_at: '2026-11-23T07:00:00Z', dsn: 'https://{key}@watchfloor.example.com/1' }),
    JSON.stringify({ type: 'session' }),
    '{"started":"2026-11-23T07:00:00Z"}',
    JSON.stringify({ type: 'check_in', length: Buffer.byteLength(payload) }),
    payload,
    '',
  ].join('\n')
}
const id = '83a7c03ed0a04e1b97e2e3b18d38f244'
const config = {
  schedule: { type: 'crontab', value: '0 22 * * 1-5' },
  checkin_margin: 5,
  max_runtime: 90,
  timezone: 'Europe/London',
}
const held = {
  schedule: { kind: 'cron', expression: '0 22 * * 1-5', zone: 'Europe/London' },
  graceSeconds: 300,
  maxRunSeconds: 5_400,
} as const
const header = { 'x-sentry-auth': 'Sentry sentry_version=7, sentry_client=sentry.python/2.20.0, sentry_key={key}' }

export const sentry = defineDialect({
  kind: 'sentry',
  title: 'Sentry cron check-ins',
  help: `Takes the check-ins of Sentry's clients: its DSN is our address with the ping key of the team as public key, and any number as project; a key that Watchfloor made is letters and digits, as clients want it. \`monitor_slug\` is the slug of the job, \`in_progress\` its start, \`ok\` and \`error\` its end, \`check_in_id\` the run, \`duration\` says when it began.
\`monitor_config\` makes a job that is not there yet, and sets schedule, zone, grace (\`checkin_margin\`, 1 minute) and longest run (\`max_runtime\`, 30 minutes) of one that is: what is said there stands above what was set by hand. Without it a job must be there.
Whatever else a client sends (errors, sessions, traces) is accepted and not kept. \`environment\` is not looked at.`,
  setup: `# The DSN, where {url} is https://watchfloor.example.com:
SENTRY_DSN=https://{key}@watchfloor.example.com/1

# Without a client:
curl '{url}/api/1/cron/{slug}/{key}/?status=in_progress'
curl '{url}/api/1/cron/{slug}/{key}/?status=ok'
`,
  methods: ['GET', 'POST'],
  paths: [
    '/api/:project(^\\d+$)/envelope/',
    '/api/:project(^\\d+$)/cron/:slug/',
    '/api/:project(^\\d+$)/cron/:slug/:key',
    '/api/:project(^\\d+$)/cron/:slug/:key/',
  ],
  mostBytes: 1_000_000,
  who: (given) => ({ key: keyOf(given) }),
  read(given) {
    const { slug } = given.params
    if (slug !== undefined) return [pingOfCheckIn({ ...plainCheckIn(given), monitor_slug: slug })]
    return itemsOf(given.body, 'check_in').map((payload) =>
      pingOfCheckIn(fieldsOf(parseJson(payload.toString('utf8'), 'the check-in'))),
    )
  },
  accepted: ({ params }) => (params.slug === undefined ? json(200, {}) : plain(202, '')),
  refused: (_asked, status, words) =>
    status === 401 && words !== MISSING
      ? json(403, { detail: 'event submission rejected with_reason: ProjectId', causes: [words] })
      : json(status === 422 ? 400 : status, { detail: words }),
  wrongKey: {
    status: 403,
    body: '{"detail":"event submission rejected with_reason: ProjectId","causes":["this ping key is of no team"]}',
  },
  samples: [
    {
      name: 'it has started, and says when it is expected',
      request: {
        method: 'POST',
        path: '/api/1/envelope/',
        headers: { ...header, 'content-type': 'application/x-sentry-envelope' },
        body: envelope({ check_in_id: id, monitor_slug: 'eod-prices', status: 'in_progress', monitor_config: config }),
      },
      pings: [
        {
          slug: 'eod-prices',
          kind: 'start',
          run: id,
          id: `${id} in_progress`,
          hold: held,
          make: { ...held, rules: 'own' },
        },
      ],
    },
    {
      name: 'it ended badly, with the key in the query',
      request: {
        method: 'POST',
        path: '/api/1/envelope/?sentry_key={key}&sentry_version=7',
        body: envelope({ check_in_id: id, monitor_slug: 'eod-prices', status: 'error', duration: 312.5 }),
      },
      pings: [{ slug: 'eod-prices', kind: 'fail', run: id, id: `${id} error`, tookMs: 312_500 }],
    },
    {
      name: 'without an envelope',
      request: { path: '/api/1/cron/{slug}/{key}/?status=ok&duration=12' },
      pings: [{ slug: '{slug}', kind: 'success', tookMs: 12_000 }],
    },
    {
      name: 'without an envelope, as JSON, of what is not known yet',
      request: {
        method: 'POST',
        path: '/api/1/cron/made-by-sentry/{key}',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          status: 'in_progress',
          monitor_config: { schedule: { type: 'interval', value: 2, unit: 'hour' } },
        }),
      },
      pings: [
        {
          slug: 'made-by-sentry',
          kind: 'start',
          hold: { schedule: { kind: 'period', seconds: 7_200 } },
          make: {
            schedule: { kind: 'period', seconds: 7_200 },
            graceSeconds: 60,
            maxRunSeconds: 1_800,
            rules: 'own',
          },
        },
      ],
    },
  ],
})
