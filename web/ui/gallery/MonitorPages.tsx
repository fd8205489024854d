import { TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { Act } from '../Act.tsx'
import { Chip, Choices, Toggle } from '../Chip.tsx'
import { Raw } from '../CopyText.tsx'
import { DataTable } from '../DataTable.tsx'
import { DurationStack } from '../DurationStack.tsx'
import { Facts } from '../Facts.tsx'
import { Status, type Tone } from '../Marks.tsx'
import { Columns, Page } from '../Page.tsx'
import { Cell, Cells, Panel } from '../Panel.tsx'
import { Picks } from '../Picks.tsx'
import { checkForm, SchemaForm, startValue } from '../SchemaForm.tsx'
import { Empty } from '../States.tsx'
import { Strip, type StripState } from '../Strip.tsx'
import type { JsonSchema } from '../schema.ts'
import { Stamp } from '../Time.tsx'
import { TimeChart } from '../TimeChart.tsx'
import { TwoLine } from '../TwoLine.tsx'
import { toast } from '../toast.ts'

const now = Date.now()
const hour = 3_600_000
const times = Array.from({ length: 288 }, (_, index) => now - 24 * hour + index * 300_000)
const wave = (index: number) => 42 + 8 * Math.sin(index / 40)
const values = times.map((_, index) =>
  index >= 262 && index < 275
    ? null
    : index >= 250 && index < 262
      ? 190 + 14 * Math.sin(index * 2)
      : wave(index) + 4 * Math.sin(index * 1.7),
)
const changes: readonly { at: number; tone: Tone; state: string; what: string; after: string }[] = [
  { at: now - 1.2 * hour, tone: 'ok', state: 'up', what: '200 in 41 ms from both places', after: 'INC-2037 resolved' },
  {
    at: now - 2.2 * hour,
    tone: 'down',
    state: 'down',
    what: '3 of 3 looks failed, both places',
    after: 'INC-2037, Priya N. in 52 s',
  },
  {
    at: now - 3.2 * hour,
    tone: 'warn',
    state: 'degraded',
    what: 'p95 212 ms, usual 32–56',
    after: 'no page: tier 1 off hours',
  },
  {
    at: now - 55 * hour,
    tone: 'blind',
    state: 'unknown',
    what: 'agent London cut off 11 min',
    after: 'not counted as down',
  },
]
const odd: Record<number, StripState> = { 22: 'warn', 41: 'blind', 55: 'unobserved', 72: 'down', 89: 'down' }
const days = Array.from({ length: 90 }, (_, index) => ({
  from: now - (90 - index) * 24 * hour,
  to: now - (89 - index) * 24 * hour,
  state: odd[index] ?? ('ok' as StripState),
}))

export function MonitorPage() {
  const [range, setRange] = useState<'1h' | '24h' | '7d'>('24h')
  const [table, setTable] = useState(false)
  const flips = useMemo(
    () => changes.slice(0, 3).map(({ at, tone, state }) => ({ at, tone: tone as 'ok', words: state })),
    [],
  )
  const spans = useMemo(
    () => [{ from: now - 2.2 * hour, to: now - 1.2 * hour, tone: 'down' as const, words: 'down' }],
    [],
  )
  const series = useMemo(() => [{ label: 'p95', values: values.map((value) => value && Math.round(value)) }], [])
  const band = useMemo(
    () => ({ low: times.map((_, index) => wave(index) - 12), high: times.map((_, index) => wave(index) + 12) }),
    [],
  )
  return (
    <Page
      title="Order gateway login"
      chips={
        <>
          <Status tone="ok">up for 1 h 09 min</Status>
          <Chip>http</Chip>
          <Chip>Equities order entry · prod</Chip>
          <Chip>every 15 s from London, New York</Chip>
        </>
      }
      acts={
        <>
          <Act label="Silence" k="s" run={() => toast('Silenced for an hour.', { undo: () => {} })} />
          <Act label="Check now" k="r" run={() => toast('It answers in 41 ms.')} />
          <Act label="Edit" k="e" to="/monitors/new" />
        </>
      }
    >
      <Panel
        title="Response time"
        words="24 h, p95 of 5 minutes, ms · band: usual for this hour of the week"
        right={
          <>
            <Choices
              label="Stretch of time"
              value={range}
              onChange={setRange}
              of={[
                { value: '1h', label: '1 h' },
                { value: '24h', label: '24 h' },
                { value: '7d', label: '7 d' },
              ]}
            />
            <Toggle on={table} onChange={setTable}>
              Table
            </Toggle>
          </>
        }
      >
        <TimeChart
          label="Response time"
          unit="ms"
          from={now - 24 * hour}
          to={now}
          times={times}
          series={series}
          band={band}
          flips={flips}
          spans={spans}
          asTable={table}
        />
        <Cells>
          <Cell label="Name look-up">
            <b>2 ms</b> <span className="faint">usual 2</span>
          </Cell>
          <Cell label="Connect">
            <b>6 ms</b> <span className="faint">usual 6</span>
          </Cell>
          <Cell label="TLS">
            <b>11 ms</b> <span className="faint">certificate 41 d</span>
          </Cell>
          <Cell label="First byte">
            <b>19 ms</b> <span className="faint">usual 18</span>
          </Cell>
          <Cell label="Body">
            <b>1 ms</b> <span className="faint">14 kB</span>
          </Cell>
        </Cells>
      </Panel>
      <Panel
        title="Last 90 days"
        words="one cell = a day · business hours 99.93 %, all hours 99.81 %, unobserved 11 min"
        pad
      >
        <Strip label="Last 90 days" cells={days} tall />
      </Panel>
      <Columns of="1fr 1fr">
        <Panel title="What changed">
          <DataTable
            label="What changed"
            flow
            rows={changes}
            rowId={(row) => String(row.at)}
            empty={<Empty title="It has not changed." />}
            columns={[
              { title: 'When', width: 92, faint: true, cell: (row) => <Stamp at={row.at} /> },
              { title: 'State', width: 96, cell: (row) => <Status tone={row.tone}>{row.state}</Status> },
              { title: 'What', cell: (row) => row.what },
              { title: 'Then', faint: true, cell: (row) => row.after },
            ]}
            phone={(row) => (
              <TwoLine
                title={<Status tone={row.tone}>{row.state}</Status>}
                urgent={<Stamp at={row.at} />}
                words={row.what}
              />
            )}
          />
        </Panel>
        <Panel title="Last failing answer" words="04:58:07 from London · kept 30 days" pad>
          <Raw>
            {
              'HTTP/1.1 503 Service Unavailable\nServer: gw-edge/4.2\nRetry-After: 30\n\n{"error":"no session slots","pool":"emea-2","waiting":412}'
            }
          </Raw>
        </Panel>
      </Columns>
    </Page>
  )
}

const http: JsonSchema = {
  type: 'object',
  required: ['url', 'expect', 'every'],
  properties: {
    url: { type: 'string', format: 'uri', title: 'Address', examples: ['https://orders.example.com/health'] },
    method: { type: 'string', title: 'Method', enum: ['GET', 'HEAD', 'POST'], default: 'GET' },
    expect: {
      title: 'It is fine when',
      description: 'Whatever else comes back counts as a failed look.',
      oneOf: [
        {
          type: 'object',
          title: 'the status is',
          required: ['type', 'codes'],
          properties: {
            type: { const: 'status' },
            codes: { type: 'array', title: 'Codes', items: { type: 'string' }, default: ['200'] },
          },
        },
        {
          type: 'object',
          title: 'the text contains',
          required: ['type', 'text'],
          properties: { type: { const: 'text' }, text: { type: 'string', title: 'Text' } },
        },
      ],
    },
    every: {
      type: 'integer',
      title: 'Look every',
      unit: 's',
      minimum: 10,
      maximum: 86_400,
      default: 60,
      description: 'Found down within 50 s.',
    },
    token: { type: 'string', title: 'Bearer token', secret: true },
    headers: {
      type: 'array',
      title: 'Headers',
      items: {
        type: 'object',
        required: ['name', 'value'],
        properties: { name: { type: 'string', title: 'Name' }, value: { type: 'string', title: 'Value' } },
      },
    },
    labels: { type: 'object', title: 'Labels', additionalProperties: { type: 'string' } },
    tls: {
      type: 'object',
      title: 'Certificate',
      properties: {
        verify: { type: 'boolean', title: 'Must be trusted', default: true },
        days: { type: 'integer', title: 'Warn when it ends within', unit: 'days', default: 14 },
      },
    },
  },
}
const kinds = [
  { value: 'http', label: 'HTTP', hint: 'page, API' },
  { value: 'tcp', label: 'TCP', hint: 'port answers' },
  { value: 'tls', label: 'TLS', hint: 'certificate' },
  { value: 'dns', label: 'DNS', hint: 'name' },
] as const

export function NewMonitorPage() {
  const [kind, setKind] = useState<(typeof kinds)[number]['value']>('http')
  const [name, setName] = useState('Order gateway login')
  const [value, setValue] = useState(() => startValue(http))
  const [tried, setTried] = useState(false)
  const problems = checkForm(http, value)
  return (
    <Page
      title="New monitor"
      chips={<span className="faint">nothing is saved until you have seen it answer</span>}
      acts={
        <>
          <Act label="Cancel" k="Escape" to="/monitors" />
          <Act label="Save and watch" k="mod+Enter" kind="primary" run={() => setTried(true)} />
        </>
      }
    >
      <Columns of="220px minmax(0, 1fr) minmax(0, 1fr)">
        <Panel title="What to look at">
          <Picks label="What to look at" value={kind} of={kinds} onChange={setKind} />
        </Panel>
        <Panel title="HTTP" pad>
          <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} mb={12} />
          <SchemaForm schema={http} value={value} onChange={setValue} problems={tried ? problems : {}} />
        </Panel>
        <Panel
          title={
            <>
              It answers{' '}
              <Status tone="ok">
                <span style={{ fontWeight: 400 }}>fine, 41 ms</span>
              </Status>
            </>
          }
          right={<Act label="Try again" k="t" run={() => setTried(true)} />}
        >
          <div style={{ padding: '10px 12px 4px' }}>
            <DurationStack
              phases={[
                { label: 'name', ms: 2 },
                { label: 'connect', ms: 6 },
                { label: 'TLS', ms: 11 },
                { label: 'first byte', ms: 19 },
                { label: 'body', ms: 3 },
              ]}
            />
          </div>
          <Facts
            as="rows"
            of={[
              { label: 'Status', value: <Status tone="ok">200</Status> },
              { label: 'Assertion', value: <Status tone="ok">$.status is "ready"</Status> },
              { label: 'Certificate', value: '*.example.com, 41 days left' },
              { label: 'Address', value: <code>203.0.113.10, 2001:db8::10</code> },
              { label: 'From New York', value: 'fine, 118 ms' },
            ]}
          />
          <div style={{ padding: '0 12px 10px' }}>
            <Raw>{'{\n  "status": "ready",\n  "sessions": 188,\n  "pool": "emea-2"\n}'}</Raw>
          </div>
        </Panel>
      </Columns>
    </Page>
  )
}
