import { type Asked, asked, bearerOf, defineDialect, plain } from '../define-dialect.ts'
import { eventsOf, globalsOf } from '../read-event-log.ts'

const line = (time: string, status: string, job: string, more = '') =>
  `[11/23/2026 ${time}]      CAUAJM_I_40245 EVENT: CHANGE_STATUS    STATUS: ${status.padEnd(15)} JOB: ${job} MACHINE: prdbat01${more}\n`

/** A log that was cut while it is written has zeros where its beginning was. */
const textOf = ({ body }: Asked) => body.toString('utf8').replaceAll('\0', '')

const clockOf = (given: Asked) => ({ zone: asked(given, 'zone'), dates: asked(given, 'dates') })

export const autosys = defineDialect({
  kind: 'autosys',
  title: 'AutoSys event log',
  help: `Takes lines of the log of AutoSys's scheduler (\`event_demon.$AUTOSERV\`), as many in one request as there are. The key is the ping key of the team. RUNNING is a start, SUCCESS a success, FAILURE and TERMINATED a failure with its EXITCODE. A job that is put on hold, on ice or on no-exec is not expected until it is taken off again. SET_GLOBAL says what a variable is for which a job of the team waits. Other lines are passed over. A job is the one that was imported by that name, with \`instance\` of that instance; else the one whose slug is its name in small letters.
\`zone\` is that of the log's times; without it what comes counts from when it comes. Dates are read as they must be, and as month/day where they can be both, unless \`dates=dmy\`. A line that is sent again counts once, and with \`zone\` what was said last of a hold counts, in whatever order lines come. Jobs that are not there are named in the answer, and the others are kept.`,
  setup: `# On the machine of the scheduler; each line as it is written:
tail -n 0 -F "$AUTOUSER/out/event_demon.$AUTOSERV" | grep -E --line-buffered 'STATUS: |EVENT: (JOB_O(N|FF)_|SET_GLOBAL)' |
  while IFS= read -r line; do
    printf '%s\\n' "$line" | curl -fsS -m 10 --retry 5 -H 'Authorization: Bearer {key}' \\
      --data-binary @- "{url}/autosys?instance=$AUTOSERV&zone=Europe/London"
  done

# What is there already, once:
grep -E 'STATUS: |EVENT: (JOB_O(N|FF)_|SET_GLOBAL)' "$AUTOUSER/out/event_demon.$AUTOSERV" | tail -n 1000 |
  curl -fsS -H 'Authorization: Bearer {key}' --data-binary @- "{url}/autosys?instance=$AUTOSERV&zone=Europe/London"
`,
  methods: ['POST'],
  paths: ['/autosys'],
  mostBytes: 1_000_000,
  who: bearerOf,
  read: (given) => eventsOf(textOf(given), asked(given, 'instance'), clockOf(given)),
  globals: (given) => globalsOf(textOf(given), asked(given, 'instance'), clockOf(given)),
  accepted: (_asked, kept) => plain(200, `kept ${kept}\n`),
  partly: (_asked, kept, problems) => plain(200, `kept ${kept}; ${[...new Set(problems)].join('; ')}\n`),
  refused: (_asked, status, words) => plain(status, `${words}\n`),
  wrongKey: { status: 401, body: 'this ping key is of no team\n' },
  samples: [
    {
      name: 'the lines of a run among others',
      request: {
        method: 'POST',
        path: '/autosys?zone=Europe/London',
        headers: { authorization: 'Bearer {key}', 'content-type': 'text/plain' },
        body:
          line('06:58:00', 'STARTING', 'EOD-PRICES') +
          line('06:58:01', 'RUNNING', 'EOD-PRICES') +
          '[11/23/2026 06:58:30]      CAUAJM_I_10082 [prdbat01 connected for EOD-PRICES 8812.1]\n' +
          line('07:00:02', 'FAILURE', 'EOD-PRICES', ' EXITCODE:  3'),
      },
      pings: [
        {
          slug: 'eod-prices',
          kind: 'start',
          at: Date.UTC(2026, 10, 23, 6, 58, 1),
          host: 'prdbat01',
          stops: { by: 'AutoSys', at: Date.UTC(2026, 10, 23, 6, 58, 1), hold: 'none', over: ['held', 'iced'] },
        },
        {
          slug: 'eod-prices',
          kind: 'fail',
          exit: 3,
          at: Date.UTC(2026, 10, 23, 7, 0, 2),
          host: 'prdbat01',
        },
      ],
    },
    {
      name: 'a job is put on ice',
      request: {
        method: 'POST',
        path: '/autosys?zone=Europe/London',
        headers: { authorization: 'Bearer {key}', 'content-type': 'text/plain' },
        body: '[11/23/2026 06:58:00]      CAUAJM_I_40245 EVENT: JOB_ON_ICE       JOB: EOD-PRICES\n',
      },
      pings: [
        {
          slug: 'eod-prices',
          kind: 'log',
          at: Date.UTC(2026, 10, 23, 6, 58, 0),
          note: 'AutoSys has put it on ice.',
          stops: { by: 'AutoSys', at: Date.UTC(2026, 10, 23, 6, 58, 0), hold: 'iced' },
        },
      ],
    },
    {
      name: 'ends without a zone, of which one was counted as a success',
      request: {
        method: 'POST',
        path: '/autosys',
        headers: { authorization: 'Bearer {key}', 'content-type': 'application/x-www-form-urlencoded' },
        body: line('07:00:02', 'TERMINATED', 'EOD-PRICES') + line('07:01:02', 'SUCCESS', 'DISK', ' EXITCODE:  2'),
      },
      pings: [
        {
          slug: 'disk',
          kind: 'success',
          host: 'prdbat01',
          note: 'Its exit code is 2, which AutoSys counts as a success.',
        },
        { slug: 'eod-prices', kind: 'fail', host: 'prdbat01', note: 'AutoSys has ended it.' },
      ],
    },
  ],
})
