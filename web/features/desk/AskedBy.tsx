import { skipToken, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { Priority } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { Due, Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { stateWords } from './words.ts'

type Person = { id: string; name: string }

const over = ['resolved', 'closed', 'cancelled'] as const

/** What somebody asked for or reported: what is open, the most pressing first, and what was before, the newest first. */
export function AskedBy({ person }: { person: Person }) {
  return (
    <>
      <Tickets
        person={person}
        title="Open tickets"
        filter={{ view: 'open' }}
        words={`requester:"${person.name}"`}
        empty={<Empty title="None is open.">What they ask for or report stands here until it is done.</Empty>}
      />
      <Tickets
        person={person}
        title="What they asked before"
        filter={{ view: 'recent', state: [...over] }}
        words={`state:${over.join(',')} requester:"${person.name}"`}
        empty={<Empty title="Nothing before." />}
      />
    </>
  )
}

function Tickets(props: {
  person: Person
  title: string
  filter: { view: 'open' | 'recent'; state?: (typeof over)[number][] }
  words: string
  empty: ReactNode
}) {
  const { person, title, filter, words, empty } = props
  const may = useMay('ticket.read') !== undefined
  const found = useQuery(
    query.desk.list.queryOptions({ input: may ? { ...filter, requesterId: person.id, limit: 10 } : skipToken }),
  )
  const open = filter.view === 'open'
  const rows = found.data?.items
  return (
    <Panel
      title={title}
      words={rows && rows.length > 0 ? `${rows.length}${found.data?.next ? ' and more' : ''}` : undefined}
      foot={
        found.data?.next && (
          <Link to={paths.queue()} search={{ q: words } as never}>
            Show all
          </Link>
        )
      }
    >
      {found.isError && !rows && (
        <Failed what="The tickets could not be loaded." error={found.error} retry={() => void found.refetch()} />
      )}
      {found.isPending && may && <Loading lines={2} />}
      {rows && (
        <DataTable
          label={title}
          flow
          keys={false}
          rows={rows}
          rowId={(row) => row.id}
          to={(row) => paths.ticket(row.number)}
          columns={[
            { title: 'Priority', bare: true, width: 48, cell: (row) => <Priority level={row.priority} /> },
            open
              ? { title: 'Due in', width: 100, cell: (row) => row.dueAt && <Due at={row.dueAt} /> }
              : { title: 'Opened', width: 100, cell: (row) => <Stamp at={row.openedAt} /> },
            { title: 'Number', width: 80, mono: true, faint: true, cell: (row) => row.number },
            { title: 'Title', main: true, cell: (row) => <span className="strong">{row.title}</span> },
            { title: 'State', width: 96, faint: true, from: 560, cell: (row) => stateWords[row.state] },
            { title: 'Owner', width: 100, faint: true, from: 640, cell: (row) => row.assignee?.name ?? '–' },
          ]}
          empty={empty}
          phone={(row) => (
            <TwoLine
              mark={<Priority level={row.priority} />}
              title={row.title}
              words={`${row.number} · ${stateWords[row.state]}`}
              end={open ? row.dueAt && <Due at={row.dueAt} /> : <Stamp at={row.openedAt} />}
            />
          )}
        />
      )}
    </Panel>
  )
}
