import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { useIsPhone } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { slaKeys, useSlaPolicies } from './data.ts'
import { minutesWords } from './minutes.ts'
import { appliesWords, moveTo, priorities, type SlaPolicy } from './policy-draft.ts'

/** `place`: the how manieth is tried; the default is none of them, it is for what is left. */
type Row = SlaPolicy & { place: number | null }

const length = (minutes: number | null) => (minutes === null ? '–' : minutesWords(minutes))
const targetWords = ({ targets }: SlaPolicy) =>
  priorities.map((p) => `${p} ${length(targets[p].firstResponse)} / ${length(targets[p].resolution)}`).join(' · ')

const columns: readonly Column<Row>[] = [
  { title: 'No.', width: 48, align: 'right', faint: true, cell: (row) => row.place ?? 'else' },
  { title: 'Policy', main: true, width: 200, cell: (row) => <span className="strong">{row.name}</span> },
  { title: 'Is for', cell: (row) => <span title={appliesWords(row)}>{appliesWords(row)}</span> },
  {
    title: 'First response / resolution',
    width: 440,
    wide: 520,
    from: 1000,
    cell: (row) => <span title={targetWords(row)}>{targetWords(row)}</span>,
  },
  {
    title: 'Calendar',
    width: 150,
    faint: true,
    from: 900,
    cell: (row) => row.calendar?.name ?? "the service's own",
  },
]

/** SLA policies, in the order in which they are tried. */
export function SlaPolicies() {
  const may = useMay('sla.write') !== undefined
  const list = useSlaPolicies()
  const phone = useIsPhone()
  const [cursor, setCursor] = useState<string>()
  const rows = list.data?.items
    .toSorted((a, b) => Number(a.isDefault) - Number(b.isDefault))
    .map((policy, at) => ({ ...policy, place: policy.isDefault ? null : at + 1 }))
  const add = may && <Act label="New policy" k="c" kind="primary" to={paths.newSlaPolicy()} />
  return (
    <Page
      title="SLA policies"
      fill
      chips={<span className="faint">tried in order; the first that fits a ticket counts, else the default</span>}
      acts={
        may && (
          <>
            {!phone && rows && <Order rows={rows} cursor={cursor} />}
            {rows?.length !== 0 && add}
          </>
        )
      }
    >
      <Panel fill label="SLA policies">
        <DataTable
          label="SLA policies"
          rows={rows}
          source={list}
          rowId={({ id }) => id}
          to={({ id }) => paths.slaPolicy(id)}
          columns={columns}
          cursor={cursor}
          onCursor={setCursor}
          opens
          phone={(row) => (
            <>
              <TwoLine title={`${row.place ?? 'Else'}${row.place ? '.' : ':'} ${row.name}`} words={appliesWords(row)} />
              <div className="faint">{targetWords(row)}</div>
            </>
          )}
          empty={
            <Empty title="There is no SLA policy yet." act={add}>
              An SLA policy says how soon tickets are answered and solved, and by which clock. Without one no ticket has
              a clock.
            </Empty>
          }
        />
      </Panel>
    </Page>
  )
}

function Order({ rows, cursor }: { rows: readonly Row[]; cursor: string | undefined }) {
  const move = useAct((to: { id: string; before: string | null }) => api.sla.move(to), { refresh: slaKeys })
  const row = rows.find(({ id }) => id === cursor)
  const none = !row ? 'Choose a policy first: j and k move.' : row.isDefault && 'The default always comes last.'
  const [earlier, later] = row ? [moveTo(rows, row.id, -1), moveTo(rows, row.id, 1)] : []
  return (
    <>
      <Act
        label="Earlier"
        k="shift+ArrowUp"
        busy={move.busy}
        run={() => earlier && move.run(earlier)}
        not={none || (!earlier && 'It is tried first already.')}
      />
      <Act
        label="Later"
        k="shift+ArrowDown"
        busy={move.busy}
        run={() => later && move.run(later)}
        not={none || (!later && 'It is tried last already, before the default.')}
      />
    </>
  )
}
