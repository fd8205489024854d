import { type Asked, DialectError, defineDialect, type WireAnswer } from '../define-dialect.ts'
import { readForm, readResults } from '../read-nrdp.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** In the language of what was sent. */
const answer = (asked: Asked, http: number, status: number, message: string, output?: string): WireAnswer => {
  const { xml, json } = readForm(asked.body)
  if (json && !xml)
    return {
      status: http,
      type: 'application/json',
      body: JSON.stringify({ result: { status, message, ...(output ? { meta: { output } } : {}) } }),
    }
  const meta = output ? `  <meta>\n    <output>${escaped(output)}</output>\n  </meta>\n` : ''
  return {
    status: http,
    type: 'text/xml; charset=utf-8',
    body: `<?xml version="1.0" encoding="utf-8"?>\n<result>\n  <status>${status}</status>\n  <message>${escaped(message)}</message>\n${meta}</result>\n`,
  }
}

const body = (data: Record<string, string>) =>
  new URLSearchParams({ token: '{key}', cmd: 'submitcheck', ...data }).toString().replaceAll('%7Bkey%7D', '{key}')
const xmlOf = (results: string) => `<?xml version='1.0'?>\n<checkresults>${results}</checkresults>`

export const nrdp = defineDialect({
  kind: 'nrdp',
  title: 'NRDP (Nagios passive results)',
  help: `Takes passive results that send_nrdp and its relatives submit, as XML or JSON, many in one request. The token is the ping key of the team. A result belongs to the job with the slug \`<host>-<service>\`, or \`<host>\` for a check of the host itself, in small letters, with a dash for anything but letters, digits, \`-\` and \`_\`.
State 0 is a success; 1 (WARNING) of a service too, with a note on the run; anything else is a failure with that exit status. Its output is kept, and a \`<time>\` counts. Its performance data are what the run reports, as \`rows=1200\` is: in seconds and bytes, under their labels in small letters, at most ten; \`U\` and what is below 0 are none.
As with NRDP, an error is answered with 200 and a status of -1 in the body, which its senders read; 429, 500 and 503 may be sent again. Entities that a document declares itself are refused.`,
  setup: `send_nrdp.sh -u {url}/nrdp -t {key} -H batch01 -s "EOD prices" -S 0 -o "OK - 1200 rows | rows=1200"

# The same with curl:
curl '{url}/nrdp/' -d token={key} -d cmd=submitcheck --data-urlencode XMLDATA='<?xml version="1.0"?>
<checkresults>
  <checkresult type="service" checktype="1">
    <hostname>batch01</hostname><servicename>EOD prices</servicename>
    <state>0</state><output>OK - 1200 rows | rows=1200</output>
  </checkresult>
</checkresults>'
# The slug of its job: batch01-eod-prices
`,
  methods: ['POST'],
  paths: ['/nrdp', '/nrdp/'],
  mostBytes: 1_000_000,
  who({ body }) {
    const { token } = readForm(body)
    if (!token) throw new DialectError(401, 'NO TOKEN')
    return { key: token }
  },
  read({ body }) {
    const given = readForm(body)
    if (given.cmd !== 'submitcheck') throw new DialectError(400, 'NO REQUEST HANDLER')
    return readResults(given)
  },
  accepted: (asked, kept) => answer(asked, 200, 0, 'OK', `${kept} checks processed.`),
  partly: (asked, kept, problems) => answer(asked, 200, -1, problems.join('; '), `${kept} checks processed.`),
  refused: (asked, status, words) =>
    answer(
      asked,
      [413, 429].includes(status) || status >= 500 ? status : 200,
      -1,
      status === 401 && words !== 'NO TOKEN' ? 'BAD TOKEN' : words,
    ),
  wrongKey: {
    status: 200,
    body: '<?xml version="1.0" encoding="utf-8"?>\n<result>\n  <status>-1</status>\n  <message>BAD TOKEN</message>\n</result>\n',
  },
  samples: [
    {
      name: 'results of a service, of a host, and a warning',
      request: {
        method: 'POST',
        path: '/nrdp/',
        headers: form,
        body: body({
          XMLDATA: xmlOf(
            "<checkresult type='service' checktype='1'><hostname>batch01</hostname><servicename>EOD prices</servicename><state>2</state><output><![CDATA[CRITICAL - no rates & no file\\nlast 21:55 | rows=0;1;1]]></output></checkresult>" +
              "<checkresult type='host' checktype='1'><hostname>batch01</hostname><state>0</state><output>UP &amp; well</output><time>1795417200</time></checkresult>" +
              "<checkresult type='service'><hostname>batch01</hostname><servicename>disk</servicename><state>1</state><output>91 %</output></checkresult>",
          ),
        }),
      },
      pings: [
        {
          slug: 'batch01-eod-prices',
          kind: 'fail',
          exit: 2,
          host: 'batch01',
          text: 'CRITICAL - no rates & no file\nlast 21:55 | rows=0;1;1',
          volumes: { rows: 0 },
          note: 'Its state is CRITICAL.',
        },
        { slug: 'batch01', kind: 'success', host: 'batch01', text: 'UP & well', at: 1_795_417_200_000 },
        { slug: 'batch01-disk', kind: 'success', host: 'batch01', text: '91 %', note: 'Its state is WARNING.' },
      ],
    },
    {
      name: 'the same as JSON',
      request: {
        method: 'POST',
        path: '/nrdp',
        headers: form,
        body: body({
          JSONDATA: JSON.stringify({
            checkresults: [
              {
                checkresult: { type: 'service', checktype: '1' },
                hostname: 'batch01',
                servicename: 'disk',
                state: '3',
                output: 'plugin timed out',
              },
              { checkresult: { type: 'host' }, hostname: 'batch01', state: 1, output: 'no answer' },
            ],
          }),
        }),
      },
      pings: [
        {
          slug: 'batch01-disk',
          kind: 'fail',
          exit: 3,
          host: 'batch01',
          text: 'plugin timed out',
          note: 'Its state is UNKNOWN.',
        },
        { slug: 'batch01', kind: 'fail', exit: 1, host: 'batch01', text: 'no answer', note: 'Its state is DOWN.' },
      ],
    },
  ],
})
