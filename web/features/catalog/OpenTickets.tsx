import { skipToken, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Priority } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Due } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'

refreshOn('ticket.', () => [query.desk.list.key()])

/** What is being worked on about the service; nothing is shown when there is nothing. */
export function OpenTickets({ serviceId }: { serviceId: string }) {
  const may = useMay('ticket.read') !== undefined
  const tickets = useQuery(
    query.desk.list.queryOptions({ input: may ? { view: 'open', serviceId, limit: 20 } : skipToken }),
  )
  if (!tickets.data || tickets.data.items.length === 0) return null
  return (
    <Panel title="Open tickets" words={`${tickets.data.items.length}${tickets.data.next ? ' and more' : ''}`}>
      <DataTable
        label="Open tickets about it"
        flow
        keys={false}
        rows={tickets.data.items}
        rowId={(row) => row.id}
        to={(row) => paths.ticket(row.number)}
        columns={[
          { title: 'Priority', bare: true, width: 48, cell: (row) => <Priority level={row.priority} /> },
          { title: 'Due in', width: 84, cell: (row) => row.dueAt && <Due at={row.dueAt} /> },
          { title: 'Number', width: 80, mono: true, faint: true, cell: (row) => row.number },
          { title: 'Title', main: true, cell: (row) => <span className="strong">{row.title}</span> },
          { title: 'Owner', width: 100, faint: true, from: 560, cell: (row) => row.assignee?.name ?? '–' },
        ]}
        empty={null}
        phone={(row) => (
          <TwoLine
            mark={<Priority level={row.priority} />}
            title={row.title}
            words={`${row.number} · ${row.assignee?.name ?? 'nobody yet'}`}
            end={row.dueAt && <Due at={row.dueAt} />}
          />
        )}
      />
    </Panel>
  )
}
