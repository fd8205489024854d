import { useState } from 'react'
import { asksOnly } from '../../parts/by-reader.tsx'
import { useMe } from '../../parts/frame-data.ts'
import { Act } from '../../ui/Act.tsx'
import { Choices } from '../../ui/Chip.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { useKeys } from '../../ui/keys.ts'
import { useIsPhone } from '../../ui/list.ts'
import { Status } from '../../ui/Marks.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { Ago, Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { useUrlState } from '../../ui/url.ts'
import { ApprovalBody } from './ApprovalBody.tsx'
import { DecideDialog, type Deciding } from './DecideDialog.tsx'
import { useApprovals } from './data.ts'
import { PassOnDialog } from './PassOnDialog.tsx'
import { type ApprovalView, saidWords } from './words.ts'

const who = ({ requester }: ApprovalView) => requester?.name ?? 'a program'

const columns: readonly Column<ApprovalView>[] = [
  { title: 'Number', width: 84, mono: true, cell: ({ ticket }) => ticket.number },
  { title: 'What', main: true, cell: ({ ticket }) => ticket.title },
  { title: 'Asked by', width: 120, cell: who },
  { title: 'Asked', width: 84, faint: true, cell: ({ askedAt }) => <Ago at={askedAt} /> },
  {
    title: 'Answer by',
    width: 120,
    from: 560,
    faint: true,
    cell: ({ state, expiresAt }) => (state === 'asked' ? <Stamp at={expiresAt} /> : saidWords[state]),
  },
]

const whyNot = (one: ApprovalView | undefined) =>
  !one ? 'Choose one first: j and k move.' : one.state !== 'asked' && 'It needs no answer any more.'

/** What I am asked to approve: by whom, and why I am. */
export function Approvals() {
  const [view, setView] = useUrlState<'asked' | 'answered'>('view', 'asked')
  const { list, rows } = useApprovals(view === 'answered' ? 'answered' : 'asked')
  const [chosen, setCursor] = useState<string>()
  const [deciding, setDeciding] = useState<Deciding>()
  const [passing, setPassing] = useState<ApprovalView>()
  const me = useMe().data
  // The frame of those who ask is one narrow column, whatever the screen.
  const phone = useIsPhone() || (me !== undefined && asksOnly(me))
  const cursor = rows?.some(({ id }) => id === chosen) ? chosen : rows?.[0]?.id
  const one = rows?.find(({ id }) => id === cursor)
  const decide = (decision: Deciding['decision']) => one && setDeciding({ approval: one, decision })
  useKeys([
    {
      key: 't',
      label: view === 'asked' ? 'Show what I answered' : 'Show what waits for me',
      kind: 'move',
      run: () => setView(view === 'asked' ? 'answered' : 'asked'),
    },
  ])
  const acts = view === 'asked' && rows && rows.length > 0 && (
    <>
      <Act label="Pass on" k="p" run={() => setPassing(one)} not={whyNot(one)} />
      <Act label="Refuse" k="n" kind="refusal" run={() => decide('refuse')} not={whyNot(one)} />
      <Act label="Approve" k="y" kind="primary" run={() => decide('approve')} not={whyNot(one)} />
    </>
  )
  return (
    <Page
      title="Approvals"
      fill={!phone}
      chips={
        <Choices
          label="Which"
          of={[
            { value: 'asked', label: 'Waiting for you' },
            { value: 'answered', label: 'Answered' },
          ]}
          value={view}
          onChange={setView}
        />
      }
      acts={acts}
    >
      <Columns of={phone || !one ? 'minmax(0, 1fr)' : 'minmax(0, 1fr) minmax(0, 440px)'} fill={!phone}>
        <Panel fill={!phone} label="Approvals">
          <DataTable
            label="Approvals"
            rows={rows}
            source={list}
            rowId={({ id }) => id}
            columns={columns}
            cursor={cursor}
            onCursor={setCursor}
            flow={phone}
            phone={(row) => (
              <TwoLine
                title={row.ticket.title}
                words={`${who(row)} · ${row.ticket.number}`}
                end={row.state === 'asked' ? <Ago at={row.askedAt} /> : saidWords[row.state]}
              />
            )}
            empty={
              view === 'asked' ? (
                <Empty title="Nothing waits for your approval.">
                  What you are asked to approve comes by mail and stands here: what, by whom, and why you are asked.
                </Empty>
              ) : (
                <Empty title="You have not been asked to approve anything yet." />
              )
            }
          />
        </Panel>
        {one && (
          <Rows>
            {one.state !== 'asked' && (
              <Panel label="Your answer" pad>
                <Status tone={one.state === 'approved' ? 'ok' : 'off'}>{`You: ${saidWords[one.state]}`}</Status>
                {one.reason && <p>{one.reason}</p>}
              </Panel>
            )}
            <ApprovalBody approval={one} />
          </Rows>
        )}
      </Columns>
      <DecideDialog deciding={deciding} onClose={() => setDeciding(undefined)} />
      <PassOnDialog
        passing={passing && { id: passing.id, number: passing.ticket.number, from: null }}
        onClose={() => setPassing(undefined)}
      />
    </Page>
  )
}
