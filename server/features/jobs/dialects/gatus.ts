import { asked, bearerOf, DialectError, defineDialect, fieldsOf, plain, slugOf, tookOf } from '../define-dialect.ts'

const UNITS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
}
const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g
const MOST_LENGTH = 50

/** Milliseconds of a duration as Go writes it: `1m30s`, `250ms`. */
const goDuration = (text: string): number => {
  if (text === '0') return 0
  const parts = text.length > MOST_LENGTH ? [] : [...text.matchAll(PART)]
  if (parts.length === 0 || parts.map(([all]) => all).join('') !== text)
    throw new DialectError(
      400,
      `invalid duration: time: invalid duration ${JSON.stringify(text.slice(0, MOST_LENGTH))}`,
    )
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0), 0)
}

const errorIn = (body: Buffer): string | undefined => {
  try {
    const { error } = fieldsOf(JSON.parse(body.toString('utf8')))
    return typeof error === 'string' && error ? error : undefined
  } catch {
    // As there: a body that is none of it says nothing.
    return undefined
  }
}

export const gatus = defineDialect({
  kind: 'gatus',
  title: 'Gatus external endpoints',
  help: `Takes results of Gatus' external endpoints. The token is the ping key of the team; the key of the endpoint, \`<group>_<name>\`, is the slug of the job: \`core_eod-prices\`. \`success\` is true or false, \`error\` (also as JSON in the body) is kept as its output, \`duration\` says when the run began, such as \`10s\`.`,
  setup: `curl -X POST '{url}/api/v1/endpoints/{slug}/external?success=true&duration=10s' \\
  -H 'Authorization: Bearer {key}'
curl -X POST '{url}/api/v1/endpoints/{slug}/external?success=false&error=no%20rates' \\
  -H 'Authorization: Bearer {key}'
`,
  methods: ['POST'],
  paths: ['/api/v1/endpoints/:key/external'],
  mostBytes: 100_000,
  who: bearerOf,
  read(given) {
    const success = asked(given, 'success')
    if (success !== 'true' && success !== 'false')
      throw new DialectError(400, 'missing or invalid success query parameter')
    const duration = asked(given, 'duration')
    const took = duration === undefined ? undefined : tookOf(goDuration(duration))
    const errors = success === 'true' ? [] : [asked(given, 'error'), errorIn(given.body)]
    const text = errors.filter(Boolean).join('\n')
    return [
      {
        slug: slugOf(given.params.key ?? ''),
        kind: success === 'true' ? 'success' : 'fail',
        ...took,
        ...(text ? { text } : {}),
      },
    ]
  },
  accepted: () => plain(200, ''),
  refused: (given, status, words) =>
    plain(
      status,
      status === 401 ? (given.headers.authorization ? 'invalid token' : 'invalid Authorization header') : words,
    ),
  wrongKey: { status: 401, body: 'invalid token' },
  samples: [
    {
      name: 'a success',
      request: {
        method: 'POST',
        path: '/api/v1/endpoints/{slug}/external?success=true&duration=1m30.5s',
        headers: { authorization: 'Bearer {key}' },
      },
      pings: [{ slug: '{slug}', kind: 'success', tookMs: 90_500 }],
    },
    {
      name: 'a failure',
      request: {
        method: 'POST',
        path: '/api/v1/endpoints/{slug}/external?success=false&error=no%20rates&duration=250ms',
        headers: { authorization: 'Bearer {key}', 'content-type': 'application/json' },
        body: '{"error": "feed closed at 21:55"}',
      },
      pings: [{ slug: '{slug}', kind: 'fail', tookMs: 250, text: 'no rates\nfeed closed at 21:55' }],
    },
  ],
})
