import { PbfWriter } from 'pbf'
import { type Asked, bearerOf, DialectError, defineDialect, json, type WireAnswer } from '../define-dialect.ts'
import { runsOf } from '../read-otlp.ts'

const PROTOBUF = 'application/x-protobuf'
const isProtobuf = ({ contentType }: Asked) => contentType.startsWith(PROTOBUF)

const protobuf = (status: number, write: (pbf: PbfWriter) => void): WireAnswer => {
  const pbf = new PbfWriter()
  write(pbf)
  return { status, type: PROTOBUF, body: pbf.finish() }
}

/** The codes of gRPC that stand for those of HTTP in a Status. */
const codes: Record<number, number> = { 400: 3, 401: 16, 404: 5, 413: 8, 415: 3, 429: 8, 503: 14 }

const headers = { authorization: 'Bearer {key}', 'content-type': 'application/json' }
const run = { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174' }
const string = (key: string, stringValue: string) => ({ key, value: { stringValue } })
const traces = (spans: object[]) =>
  JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [string('service.name', 'batch'), string('host.name', 'batch01')] },
        scopeSpans: [{ scope: { name: 'batch' }, spans }],
      },
    ],
  })

export const opentelemetry = defineDialect({
  kind: 'opentelemetry',
  title: 'OpenTelemetry spans',
  help: `Takes traces by OTLP over HTTP, as protobuf or JSON, also with gzip. The key is the ping key of the team. A span at the root of its trace with the attribute \`watchfloor.job\` is a run of the job with that slug; so is one with \`faas.trigger\` = \`timer\` and a \`faas.name\`. Its times are those of the run, the status error is a failure with its message as output; \`process.exit.code\` and \`host.name\` are kept. A span that is sent again counts once.
Other spans are accepted and not kept. A job that is not there is told as a partial success.`,
  setup: `export OTEL_EXPORTER_OTLP_TRACES_ENDPOINT={url}/v1/traces
export OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf
export OTEL_EXPORTER_OTLP_TRACES_HEADERS="Authorization=Bearer%20{key}"
# and in the code, on the span around the job:
#   span.setAttribute('watchfloor.job', '{slug}')
`,
  methods: ['POST'],
  paths: ['/v1/traces'],
  mostBytes: 4_000_000,
  who: bearerOf,
  read(asked) {
    const isJson = asked.contentType.startsWith('application/json')
    if (!isJson && !isProtobuf(asked))
      throw new DialectError(415, 'send traces as application/x-protobuf or application/json')
    return runsOf(asked.body, isJson)
  },
  accepted: (asked) => (isProtobuf(asked) ? protobuf(200, () => undefined) : json(200, {})),
  partly: (asked, _kept, problems) => {
    const message = [...new Set(problems)].join('; ')
    if (!isProtobuf(asked))
      return json(200, { partialSuccess: { rejectedSpans: String(problems.length), errorMessage: message } })
    return protobuf(200, (pbf) =>
      pbf.writeMessage(
        1,
        (_, part) => {
          part.writeTag(1, 0)
          part.writeVarint(problems.length)
          part.writeTag(2, 2)
          part.writeString(message)
        },
        null,
      ),
    )
  },
  refused: (asked, status, words) => {
    const code = codes[status] ?? (status >= 500 ? 13 : 3)
    if (!isProtobuf(asked)) return json(status, { code, message: words })
    return protobuf(status, (pbf) => {
      pbf.writeTag(1, 0)
      pbf.writeVarint(code)
      pbf.writeTag(2, 2)
      pbf.writeString(words)
    })
  },
  wrongKey: { status: 401, body: '{"code":16,"message":"this ping key is of no team"}' },
  samples: [
    {
      name: 'a run among other spans',
      request: {
        method: 'POST',
        path: '/v1/traces',
        headers,
        body: traces([
          {
            ...run,
            name: 'eod-prices',
            startTimeUnixNano: '1795417200000000000',
            endTimeUnixNano: '1795417290500000000',
            attributes: [string('watchfloor.job', '{slug}'), { key: 'process.exit.code', value: { intValue: '0' } }],
            status: {},
          },
          {
            traceId: run.traceId,
            spanId: '1111111111111111',
            parentSpanId: run.spanId,
            name: 'select',
            startTimeUnixNano: '1795417201000000000',
            endTimeUnixNano: '1795417202000000000',
            attributes: [string('watchfloor.job', '{slug}')],
          },
        ]),
      },
      pings: [
        {
          slug: '{slug}',
          kind: 'success',
          exit: 0,
          run: `${run.traceId} ${run.spanId}`,
          id: `${run.traceId} ${run.spanId}`,
          at: 1_795_417_290_500,
          tookMs: 90_500,
          host: 'batch01',
        },
      ],
    },
    {
      name: 'a function of a timer that failed',
      request: {
        method: 'POST',
        path: '/v1/traces',
        headers,
        body: traces([
          {
            ...run,
            spanId: '2222222222222222',
            name: 'handler',
            startTimeUnixNano: 1795417200000000000,
            endTimeUnixNano: 1795417201250000000,
            attributes: [string('faas.trigger', 'timer'), string('faas.name', '{slug}')],
            status: { code: 'STATUS_CODE_ERROR', message: 'no rates' },
          },
        ]),
      },
      pings: [
        {
          slug: '{slug}',
          kind: 'fail',
          run: `${run.traceId} 2222222222222222`,
          id: `${run.traceId} 2222222222222222`,
          at: 1_795_417_201_250,
          tookMs: 1_250,
          host: 'batch01',
          text: 'no rates',
        },
      ],
    },
    {
      name: 'spans that are no run',
      request: {
        method: 'POST',
        path: '/v1/traces',
        headers,
        body: traces([{ ...run, name: 'GET /', startTimeUnixNano: '1', endTimeUnixNano: '2' }]),
      },
      pings: [],
    },
    {
      name: 'a run as protobuf',
      request: {
        method: 'POST',
        path: '/v1/traces',
        headers: { ...headers, 'content-type': PROTOBUF },
        body: Buffer.from(
          'CtYBCjEKFwoMc2VydmljZS5uYW1lEgcKBWJhdGNoChYKCWhvc3QubmFtZRIJCgdiYXRjaDAxEqABCgcKBWJhdGNoEpQBChBbjv/3mAOBA9JptjOBP8YMEggzMzMzMzMzMyoDZW9kMAE5AGCgTW6a6hhBAMnYX4Oa6hhKHgoOd2F0Y2hmbG9vci5qb2ISDAoKZW9kLXByaWNlc0oXChFwcm9jZXNzLmV4aXQuY29kZRICGANaEAkAKjuJbprqGBIFZXZlbnR6DBIIbm8gcmF0ZXMYAoUBAAEAAA==',
          'base64',
        ),
      },
      pings: [
        {
          slug: 'eod-prices',
          kind: 'fail',
          exit: 3,
          run: `${run.traceId} 3333333333333333`,
          id: `${run.traceId} 3333333333333333`,
          at: 1_795_417_290_500,
          tookMs: 90_500,
          host: 'batch01',
          text: 'no rates',
        },
      ],
    },
  ],
})
