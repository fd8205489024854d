import {
  type Asked,
  asked,
  DialectError,
  defineDialect,
  exitOf,
  plain,
  slugOf,
  type ToldPing,
  tookOf,
} from '../define-dialect.ts'
import type { NewJob } from '../ping-desk.ts'

const kinds: Record<string, ToldPing['kind']> = {
  run: 'start',
  complete: 'success',
  fail: 'fail',
  ok: 'success',
  tick: 'success',
}

const MOST_MESSAGE = 2_000

/** Nobody has said when it is expected. */
const make: NewJob = {
  schedule: { kind: 'period', seconds: 86_400 },
  graceSeconds: 3_600,
  maxRunSeconds: 3_600,
  rules: 'own',
}

/** `count:100`, `count:rows=100`: as lines that a reader and a search find. */
const metricLines = (given: Asked): string[] =>
  (given.query.metric ?? [])
    .flatMap((metrics) => metrics.split(','))
    .filter((metric) => metric.trim() !== '')
    .map((metric) => {
      const [, name = metric, value] = /^([\w:.-]+?)[:=]([^:=]*)$/.exec(metric.trim()) ?? []
      return value === undefined ? metric.trim() : `${name}=${value}`
    })

const durationOf = (given: Asked): number => {
  const metric = (given.query.metric ?? []).map((m) => /^duration:([\d.]+)$/.exec(m)?.[1]).find((m) => m !== undefined)
  return Number(asked(given, 'duration') ?? metric ?? Number.NaN) * 1_000
}

export const cronitor = defineDialect({
  kind: 'cronitor',
  title: 'Cronitor',
  help: `Takes the telemetry of Cronitor, in place of https://cronitor.link/. The API key is the ping key of the team, the monitor's key is the slug of the job (in small letters). A key that is not known becomes a job, as there: it is expected each day, with an hour of grace, until somebody says otherwise.
\`run\` is its start, \`complete\`, \`ok\` and no state a success, \`fail\` a failure; the state may also stand at the end of the path. \`series\` names the run, \`duration\` says when it began, \`host\`, \`status_code\` and \`message\` are kept, and metrics stand below the message and are the volumes of the run. \`env\` is not looked at: give what runs elsewhere another key.`,
  setup: `# In place of https://cronitor.link/p/<API key>/<monitor key>
{url}/p/{key}/{slug}

# To try it:
curl '{url}/p/{key}/{slug}?state=run&series=1'
curl '{url}/p/{key}/{slug}?state=complete&series=1&metric=count:1200'
`,
  methods: ['GET', 'POST'],
  paths: ['/p/:key/:slug', '/p/:key/:slug/:state'],
  mostBytes: 100_000,
  who: ({ params }) => ({ key: params.key ?? '' }),
  read(given) {
    const state = given.params.state ?? asked(given, 'state') ?? 'complete'
    const kind = kinds[state]
    if (!kind) throw new DialectError(400, 'state must be run, complete, fail or ok')
    const message = (asked(given, 'message') ?? asked(given, 'msg') ?? '').slice(0, MOST_MESSAGE)
    const text = [message, ...metricLines(given)].filter(Boolean).join('\n')
    const series = asked(given, 'series')
    const host = asked(given, 'host')
    return [
      {
        slug: slugOf(given.params.slug ?? ''),
        kind,
        ...exitOf(asked(given, 'status_code')),
        ...(series ? { run: series } : {}),
        ...(kind === 'start' ? {} : tookOf(durationOf(given))),
        ...(host ? { host } : {}),
        ...(text ? { text } : {}),
        make,
      },
    ]
  },
  accepted: () => plain(200, 'OK'),
  refused: (_asked, status, words) => plain(status, words),
  wrongKey: { status: 401, body: 'this ping key is of no team' },
  samples: [
    {
      name: 'it has started',
      request: { path: '/p/{key}/{slug}?state=run&series=job-123&host=batch01' },
      pings: [{ slug: '{slug}', kind: 'start', run: 'job-123', host: 'batch01', make }],
    },
    {
      name: 'it ended well, with metrics',
      request: {
        path: '/p/{key}/{slug}?state=complete&series=job-123&status_code=0&message=done&metric=count:1200&metric=duration:30.5&metric=error_count:2',
      },
      pings: [
        {
          slug: '{slug}',
          kind: 'success',
          exit: 0,
          run: 'job-123',
          tookMs: 30_500,
          text: 'done\ncount=1200\nduration=30.5\nerror_count=2',
          make,
        },
      ],
    },
    {
      name: 'it failed, with the state in the path',
      request: { method: 'POST', path: '/p/{key}/{slug}/fail?status_code=3&msg=no%20rates' },
      pings: [{ slug: '{slug}', kind: 'fail', exit: 3, text: 'no rates', make }],
    },
    {
      name: 'a heartbeat of what is not known yet',
      request: { path: '/p/{key}/New.Monitor' },
      pings: [{ slug: 'new-monitor', kind: 'success', make }],
    },
  ],
})
