import { asked, DialectError, defineDialect, jobOfToken, json, tookOf } from '../define-dialect.ts'

const MOST_MS = 1e11

export const uptimeKuma = defineDialect({
  kind: 'uptime-kuma',
  title: 'Uptime Kuma push',
  help: `Takes the push addresses of Uptime Kuma. The token is the id of the job without its dashes. \`status\` is \`up\`, and anything else is a failure; \`msg\` is kept as its output, \`ping\` (milliseconds) is how long it took.
Whatever is wrong is answered with 404, as there.`,
  setup: `# The push address of a monitor:
{url}/api/push/{token}?status=up&msg=OK&ping=

# To try it:
curl '{url}/api/push/{token}?status=up&msg=OK&ping=120'
curl '{url}/api/push/{token}?status=down&msg=disk%20full'
`,
  methods: ['GET', 'HEAD', 'POST', 'PUT'],
  paths: ['/api/push/:token'],
  mostBytes: 100_000,
  who: ({ params }) => jobOfToken(params.token ?? ''),
  read(given) {
    const ms = Number(asked(given, 'ping') ?? 0)
    if (!(ms >= 0 && ms <= MOST_MS))
      throw new DialectError(404, 'ping must be milliseconds, from 0 to 100,000,000,000.')
    return [
      {
        kind: (asked(given, 'status') ?? 'up') === 'up' ? 'success' : 'fail',
        text: asked(given, 'msg') ?? 'OK',
        ...(asked(given, 'ping') ? tookOf(ms) : {}),
      },
    ]
  },
  accepted: () => json(200, { ok: true }),
  refused: (_asked, status, words) =>
    status === 404 && words === 'not found'
      ? json(404, { ok: false, msg: 'Monitor not found or not active.' })
      : json(status === 429 || status >= 500 ? status : 404, { ok: false, msg: words }),
  wrongKey: { status: 404, body: '{"ok":false,"msg":"Monitor not found or not active."}' },
  samples: [
    {
      name: 'it is up',
      request: { path: '/api/push/{token}?status=up&msg=OK&ping=12.3' },
      pings: [{ kind: 'success', text: 'OK', tookMs: 12 }],
    },
    {
      name: 'it is down',
      request: { path: '/api/push/{token}?status=down&msg=disk%20full&ping=' },
      pings: [{ kind: 'fail', text: 'disk full' }],
    },
    {
      name: 'nothing but the token, by POST',
      request: { method: 'POST', path: '/api/push/{token}' },
      pings: [{ kind: 'success', text: 'OK' }],
    },
  ],
})
