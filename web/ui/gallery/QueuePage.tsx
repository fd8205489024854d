import { Button } from '@mantine/core'
import { useState } from 'react'
import { Act } from '../Act.tsx'
import { Chip } from '../Chip.tsx'
import { Composer } from '../Composer.tsx'
import { CopyText, Raw } from '../CopyText.tsx'
import { type Column, DataTable } from '../DataTable.tsx'
import { Facts } from '../Facts.tsx'
import { useKeys } from '../keys.ts'
import { Priority, Status } from '../Marks.tsx'
import { Columns, Page } from '../Page.tsx'
import { Panel } from '../Panel.tsx'
import { Split } from '../Split.tsx'
import { Callout, Empty } from '../States.tsx'
import { Due } from '../Time.tsx'
import { Moment, Timeline } from '../Timeline.tsx'
import { TwoLine } from '../TwoLine.tsx'
import { toast } from '../toast.ts'

type Ticket = {
  number: string
  priority: number
  due: number
  title: string
  service: string
  state: string
  owner: string
}

const minutes = (count: number) => Date.now() + count * 60_000
const seen: readonly (readonly [number, number, string, string, string, string, string])[] = [
  [1, -4.5, 'INC-2041', 'No prices on EMEA blotters', 'Equities order entry', 'major · 37 callers', 'Priya N.'],
  [2, 28.5, 'INC-2043', 'Settlement file to CREST not delivered', 'Settlement', 'with DBA', 'Jonas W.'],
  [2, 41.5, 'INC-2044', 'Margin report shows yesterday’s date', 'Risk reporting', 'new', '–'],
  [3, 72.5, 'REQ-1188', 'Access to repo blotter for 3 joiners', 'Identity', 'waiting approval', 'Lena S.'],
  [3, 100.5, 'INC-2042', 'Blotter column layout lost after update', 'Blotter', 'pending user', 'Tom M.'],
  [3, 312.5, 'INC-2039', 'FIX simulator refuses logons', 'FIX connectivity', 'in progress', '–'],
  [3, 362.5, 'REQ-1187', 'Re-run EOD_POS for 2 accounts', 'Positions', 'approved', 'Tom M.'],
  [4, 1560.5, 'INC-2036', 'Slow search in client portal mornings', 'Client portal', 'in progress', 'Ana P.'],
  [4, 1680.5, 'INC-2033', 'Client portal: PDF without logo', 'Client portal', 'with developers', 'R. Osei'],
  [5, 8640.5, 'CHG-409', 'Undo tablespace to 64 GB', 'Settlement', 'review', 'Jonas W.'],
]
const rest = Array.from(
  { length: 10_000 },
  (_, index) =>
    [
      4 + (index % 2),
      2880.5 + index * 60,
      `INC-${1900 - index}`,
      `Older ticket number ${index + 1}`,
      'File transfer',
      'in progress',
      'Lena S.',
    ] as const,
)
const all: readonly Ticket[] = [...seen, ...rest].map(([priority, due, number, title, service, state, owner]) => ({
  priority,
  due: minutes(due),
  number,
  title,
  service,
  state,
  owner,
}))

const columns: readonly Column<Ticket>[] = [
  { title: 'Priority', bare: true, width: 48, cell: (row) => <Priority level={row.priority} /> },
  {
    title: 'Due in',
    width: 72,
    cell: (row) => <Due at={row.due} why="Resolution clock of P2, support hours London" />,
  },
  { title: 'Number', width: 80, mono: true, faint: true, cell: (row) => row.number },
  {
    title: 'Title',
    main: true,
    cell: (row) => (
      <>
        <span className="strong">{row.title}</span> <span className="faint">{row.service}</span>
      </>
    ),
  },
  { title: 'State', width: 112, faint: true, cell: (row) => row.state },
  { title: 'Owner', width: 78, faint: true, from: 560, cell: (row) => row.owner },
]

const Opened = ({ ticket }: { ticket: Ticket }) => {
  useKeys(
    [
      {
        label: 'Escalate to DBA',
        hint: 'with packet, Jonas W. is on call',
        key: 'e',
        run: () => toast('Escalated to DBA.'),
      },
    ],
    { about: `${ticket.number} is open` },
  )
  return (
    <Panel
      fill="full"
      title={
        <>
          <Priority level={ticket.priority} /> <span style={{ marginLeft: 6 }}>{ticket.title}</span>
        </>
      }
      right={<Chip>{ticket.state}</Chip>}
    >
      <Split
        main={
          <>
            <Timeline label={`What happened to ${ticket.number}`}>
              <Moment at={minutes(-21)}>
                Job <code>STL_CREST_OUT</code> failed, exit 12, after 4 min (usually 9–11)
                <Raw>{'06:51:02 ORA-01555: snapshot too old: rollback\n06:51:02 rows written 18 244 of ~61 000'}</Raw>
              </Moment>
            </Timeline>
            <Callout
              acts={
                <>
                  <Act label="Use it" k="u" run={() => toast('KE-31 is linked.', { undo: () => {} })} />
                  <Button>Open runbook</Button>
                </>
              }
            >
              <b>Known error KE-31</b>{' '}
              <span className="muted">matches the log line and the job; used 4 times, worked 4 times</span>
              <div className="muted">Raise undo retention, restart from step 3. Runbook takes about 6 min.</div>
            </Callout>
            <Timeline label="Later">
              <Moment at={minutes(-9)} who="Tom M.">
                escalated to <b>DBA</b> with packet: what, since, who is hurt, tried, log
              </Moment>
              <Moment at={minutes(-6)} who="Jonas W.">
                accepted
              </Moment>
              <Moment at={minutes(-4)} who="Jonas W." kind="note">
                Undo raised to 8 h. Restart from step 3 is safe, partial file not sent.
              </Moment>
            </Timeline>
          </>
        }
        foot={
          <Composer
            draftKey={`gallery ${ticket.number}`}
            to="L. Brandt, 2 watchers"
            send={async () => toast('Sent.')}
            acts={<Button>Macro</Button>}
          />
        }
        aside={
          <Facts
            of={[
              {
                label: 'Resolution clock',
                value: (
                  <>
                    <Due at={ticket.due} after="left" /> <span className="faint">of 1 h</span>
                  </>
                ),
              },
              { label: 'Cut-off', value: 'CREST 07:45 London' },
              { label: 'Impact × urgency', value: 'Medium × high = P2' },
              { label: 'Hurts', value: 'Settlements, 2 clients' },
              { label: 'Service', value: 'Settlement · prod' },
              { label: 'Reported by', value: 'job, then L. Brandt' },
              {
                label: 'Owner',
                value: (
                  <>
                    Jonas W. <span className="faint">DBA</span>
                  </>
                ),
              },
              {
                label: 'Same service, last 24 h',
                value: (
                  <>
                    <Status tone="warn">undo tablespace 91 %</Status>
                    <div className="muted">CHG-409 at 22:10</div>
                  </>
                ),
              },
            ]}
          />
        }
      />
    </Panel>
  )
}

/** The queue with the ticket beside it, as in the drawing. */
export function QueuePage() {
  const [rows, setRows] = useState(all)
  const [cursor, setCursor] = useState<string | undefined>('INC-2043')
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set())
  const ticket = rows.find((row) => row.number === cursor)
  const resolve = () => {
    if (!ticket) return
    setRows(rows.filter((row) => row !== ticket))
    toast(`${ticket.number} is resolved.`, { undo: () => setRows(rows) })
  }
  return (
    <Page
      title="My team"
      fill
      chips={
        <>
          <Chip>state: open</Chip>
          <Chip onRemove={() => {}}>team: L2 markets</Chip>
          <Chip>sort: market clock</Chip>
          <span className="faint">
            {marked.size > 0 ? `${marked.size} selected` : `${rows.length} of ${rows.length}`}
          </span>
        </>
      }
      acts={
        <>
          <Act label="Resolve" k="d" run={resolve} />
          <Act label="Phone log" k="p" not="Phone calls are logged once a ticket is open." />
          <Act label="New" k="c" kind="primary" run={() => toast('A new ticket.')} />
        </>
      }
    >
      <Columns of="minmax(360px, 1fr) minmax(0, 560px)" fill phone="first">
        <Panel fill label="Tickets">
          <DataTable
            label="Tickets of my team"
            rows={rows}
            rowId={(row) => row.number}
            columns={columns}
            to={(row) => `/queue?ticket=${row.number}`}
            cursor={cursor}
            onCursor={setCursor}
            onPeek={(row) => toast(`Peeking at ${row.number}.`)}
            marked={marked}
            onMarked={setMarked}
            empty={<Empty title="Nothing is open." />}
            phone={(row) => (
              <TwoLine
                mark={<Priority level={row.priority} />}
                title={row.title}
                words={`${row.owner} · ${row.state}`}
                end={<Due at={row.due} />}
              />
            )}
          />
        </Panel>
        {ticket && <Opened ticket={ticket} />}
      </Columns>
    </Page>
  )
}

export const Copying = () => (
  <CopyText
    label="the command"
    text="curl -fsS -X POST https://watchfloor.example.com/intake/generic/wf_in_… -d @alert.json"
  />
)
