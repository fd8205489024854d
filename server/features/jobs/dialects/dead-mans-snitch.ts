import { asked, defineDialect, exitOf, jobOfToken, plain } from '../define-dialect.ts'

export const deadMansSnitch = defineDialect({
  kind: 'dead-mans-snitch',
  title: 'Dead Man’s Snitch',
  help: `Takes check-ins of Dead Man's Snitch under \`/snitch/\`, in place of https://nosnch.in/. The token is the id of the job without its dashes. \`m\` is kept as its output; \`s\` is the exit status: missing, empty or 0 is a success, anything else a failure. Both may also come as a form by POST.
\`/snitch\` is the one difference: at the root of our host the pages of Watchfloor live.`,
  setup: `# In place of https://nosnch.in/c2354d53d2
{url}/snitch/{token}

# At the end of its line in the crontab:
0 22 * * 1-5  /opt/batch/eod.sh; curl -fsS --retry 5 -d s=$? '{url}/snitch/{token}'

# With a message:
curl '{url}/snitch/{token}?m=12%20files&s=0'
`,
  methods: ['GET', 'HEAD', 'POST', 'PUT'],
  paths: ['/snitch/:token'],
  mostBytes: 100_000,
  who: ({ params }) => jobOfToken(params.token ?? ''),
  read(given) {
    const form = given.contentType.includes('form-urlencoded') ? new URLSearchParams(given.body.toString('utf8')) : null
    const status = asked(given, 's') ?? form?.get('s') ?? ''
    const message = asked(given, 'm') ?? form?.get('m') ?? ''
    return [
      {
        kind: /^0*$/.test(status.trim()) ? 'success' : 'fail',
        ...exitOf(status.trim()),
        ...(message ? { text: message } : {}),
      },
    ]
  },
  accepted: () => plain(202, 'Got it, thanks!\n'),
  refused: (_asked, status, words) => plain(status, `${words}\n`),
  wrongKey: { status: 404, body: 'not found\n' },
  samples: [
    { name: 'a check-in', request: { path: '/snitch/{token}' }, pings: [{ kind: 'success' }] },
    {
      name: 'with a message and an exit status',
      request: { path: '/snitch/{token}?m=no%20space%20left&s=2' },
      pings: [{ kind: 'fail', exit: 2, text: 'no space left' }],
    },
    {
      name: 'as a form',
      request: {
        method: 'POST',
        path: '/snitch/{token}',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'm=12+files&s=0',
      },
      pings: [{ kind: 'success', exit: 0, text: '12 files' }],
    },
  ],
})
