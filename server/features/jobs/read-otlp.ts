import { PbfReader } from 'pbf'
import { DialectError, exitOf, fieldsOf, parseJson, slugOf, type ToldPing, tookOf } from './define-dialect.ts'

type Attributes = Record<string, string | number | boolean>

/** What of a span is looked at. Ids are hexadecimal, times are nanoseconds. */
type Span = {
  traceId: string
  spanId: string
  parent: string
  start: number
  end: number
  attributes: Attributes
  failed: boolean
  message: string
}
type Group = { resource: Attributes; spans: Span[] }

const emptySpan = (): Span => ({
  traceId: '',
  spanId: '',
  parent: '',
  start: 0,
  end: 0,
  attributes: {},
  failed: false,
  message: '',
})

const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.map(fieldsOf) : [])
const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const attributesIn = (value: unknown): Attributes => {
  const found: Attributes = {}
  for (const { key, value: any } of list(value)) {
    const { stringValue, intValue, boolValue, doubleValue } = fieldsOf(any)
    const one = stringValue ?? intValue ?? boolValue ?? doubleValue
    if (typeof key === 'string' && (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean'))
      found[key] = one
  }
  return found
}

const groupsOfJson = (body: Buffer): Group[] =>
  list(fieldsOf(parseJson(body.toString('utf8'), 'the body')).resourceSpans).map((group) => ({
    resource: attributesIn(fieldsOf(group.resource).attributes),
    spans: list(group.scopeSpans)
      .flatMap((scope) => list(scope.spans))
      .map((span) => {
        const { code, message } = fieldsOf(span.status)
        return {
          traceId: text(span.traceId),
          spanId: text(span.spanId),
          parent: text(span.parentSpanId),
          start: Number(span.startTimeUnixNano ?? 0),
          end: Number(span.endTimeUnixNano ?? 0),
          attributes: attributesIn(span.attributes),
          failed: code === 2 || code === 'STATUS_CODE_ERROR',
          message: text(message),
        }
      }),
  }))

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** By the numbers of opentelemetry/proto/trace/v1/trace.proto; a field that is not named here is passed over. */
const readAttribute = (pbf: PbfReader, into: Attributes) => {
  const found = pbf.readMessage<{ key: string; value: string | number | boolean | null }>(
    (tag, pair) => {
      if (tag === 1) pair.key = pbf.readString()
      if (tag === 2)
        pbf.readMessage((kind) => {
          if (kind === 1) pair.value = pbf.readString()
          if (kind === 2) pair.value = pbf.readBoolean()
          if (kind === 3) pair.value = pbf.readVarint(true)
          if (kind === 4) pair.value = pbf.readDouble()
        }, null)
    },
    { key: '', value: null },
  )
  if (found.value !== null) into[found.key] = found.value
}

const readSpan = (pbf: PbfReader): Span =>
  pbf.readMessage((tag, span) => {
    if (tag === 1) span.traceId = hex(pbf.readBytes())
    if (tag === 2) span.spanId = hex(pbf.readBytes())
    if (tag === 4) span.parent = hex(pbf.readBytes())
    if (tag === 7) span.start = pbf.readFixed64()
    if (tag === 8) span.end = pbf.readFixed64()
    if (tag === 9) readAttribute(pbf, span.attributes)
    if (tag === 15)
      pbf.readMessage((field) => {
        if (field === 2) span.message = pbf.readString()
        if (field === 3) span.failed = pbf.readVarint() === 2
      }, null)
  }, emptySpan())

const readGroup = (pbf: PbfReader): Group =>
  pbf.readMessage<Group>(
    (tag, group) => {
      if (tag === 1)
        pbf.readMessage((field) => {
          if (field === 1) readAttribute(pbf, group.resource)
        }, null)
      if (tag === 2)
        pbf.readMessage((field) => {
          if (field === 2) group.spans.push(readSpan(pbf))
        }, null)
    },
    { resource: {}, spans: [] },
  )

const groupsOfProtobuf = (body: Buffer): Group[] => {
  try {
    return new PbfReader(body).readFields<Group[]>((tag, groups, pbf) => {
      if (tag === 1) groups.push(readGroup(pbf))
    }, [])
  } catch {
    throw new DialectError(400, 'the body is not protobuf that can be read')
  }
}

/** The name of the job whose run it is; undefined for any other span. */
const jobOf = ({ attributes }: Span, resource: Attributes): string | undefined => {
  const named = attributes['watchfloor.job']
  if (typeof named === 'string' && named) return named
  const byTimer = attributes['faas.name'] ?? resource['faas.name']
  return attributes['faas.trigger'] === 'timer' && typeof byTimer === 'string' && byTimer ? byTimer : undefined
}

const MS = 1e6

/** The runs among the spans: those at the root of their trace that name a job. */
export const runsOf = (body: Buffer, isJson: boolean): ToldPing[] =>
  (isJson ? groupsOfJson(body) : groupsOfProtobuf(body)).flatMap(({ resource, spans }) =>
    spans.flatMap((span): ToldPing[] => {
      const job = /^0*$/.test(span.parent) ? jobOf(span, resource) : undefined
      if (job === undefined) return []
      const name = `${span.traceId} ${span.spanId}`
      const host = resource['host.name']
      const exit = span.attributes['process.exit.code']
      return [
        {
          slug: slugOf(job),
          kind: span.failed ? 'fail' : 'success',
          run: name,
          id: name,
          ...(span.end > 0 ? { at: Math.round(span.end / MS), ...tookOf((span.end - span.start) / MS) } : {}),
          ...exitOf(typeof exit === 'boolean' ? undefined : exit),
          ...(typeof host === 'string' && host ? { host } : {}),
          ...(span.message ? { text: span.message } : {}),
        },
      ]
    }),
  )
