import { Link } from '@tanstack/react-router'
import type { TicketRow } from '../../../contract/desk/shapes.ts'
import { paths } from '../../paths.ts'
import type { Column } from '../../ui/DataTable.tsx'
import { Priority } from '../../ui/Marks.tsx'
import { useNow } from '../../ui/now.ts'
import { Ago, Due, useZone } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import type { Reader } from './data.ts'
import { clockWords, standing } from './words.ts'

/** Where a ticket stands, as the reader needs it; kept up to date, as 'until 14:00' becomes 'until Tue 14:00'. */
export function Standing({ of, reader }: { of: TicketRow; reader: Reader }) {
  const now = useNow()
  const zone = useZone()
  return standing(of, { id: reader.id, desk: reader.desk, teams: reader.teams, now, zone })
}

const DueCell = ({ of }: { of: TicketRow }) =>
  of.dueAt ? (
    <Due at={of.dueAt} {...(of.dueClock && { why: `${clockWords[of.dueClock]} clock` })} />
  ) : (
    <span className="faint">–</span>
  )

/** How many have told of it, as the desk's mark on it says. */
export const callersOf = ({ marks }: Pick<TicketRow, 'marks'>): number =>
  (marks.callers as { count?: number } | undefined)?.count ?? 0

const underWords = (children: number) => `${children > 1000 ? '1,000+' : children} under it`

/** Children stand beside their parent in the queue: each says so. */
const Parent = ({ of: { parent } }: { of: TicketRow }) =>
  parent && (
    <Link
      to={paths.ticket(parent)}
      tabIndex={-1}
      className="faint"
      style={{ marginRight: 6 }}
      onClick={(event) => event.stopPropagation()}
    >
      under {parent}
    </Link>
  )

const Title = ({ of }: { of: TicketRow }) => (
  <>
    <span className="strong">{of.title}</span> {callersOf(of) > 1 && <span>{callersOf(of)} callers </span>}
    {of.children > 0 && <span className="faint">{underWords(of.children)} </span>}
    <span className="faint">
      {of.service?.name}
      {of.environment !== 'prod' && ` · ${of.environment.toUpperCase()}`}
    </span>
  </>
)

const Faint = ({ children }: { children: string | undefined }) => children ?? <span className="faint">–</span>

/** The columns of the queue: as many as there is room for. Those who ask see no clocks and nobody's name. */
export const columnsFor = (reader: Reader): readonly Column<TicketRow>[] => {
  const title: Column<TicketRow> = {
    title: 'Title',
    main: true,
    ahead: (row) => <Parent of={row} />,
    cell: (row) => <Title of={row} />,
  }
  const number: Column<TicketRow> = { title: 'Number', width: 74, mono: true, faint: true, cell: (row) => row.number }
  const state: Column<TicketRow> = {
    title: 'State',
    width: 120,
    wide: 168,
    faint: true,
    cell: (row) => <Standing of={row} reader={reader} />,
  }
  if (!reader.desk)
    return [
      number,
      title,
      { ...state, width: 150 },
      { title: 'Opened', width: 110, faint: true, from: 700, cell: (row) => <Ago at={row.openedAt} /> },
      { title: 'Last change', width: 104, faint: true, cell: (row) => <Ago at={row.updatedAt} /> },
    ]
  return [
    { title: 'Priority', bare: true, width: 40, cell: (row) => <Priority level={row.priority} /> },
    { title: 'Due in', width: 68, cell: (row) => <DueCell of={row} /> },
    number,
    title,
    {
      title: 'Reported by',
      width: 110,
      faint: true,
      from: 900,
      cell: (row) => row.requester?.name ?? (row.openedVia === 'alert' ? 'an alert' : <Faint>{undefined}</Faint>),
    },
    state,
    { title: 'Team', width: 140, wide: 150, faint: true, from: 800, cell: (row) => <Faint>{row.team?.name}</Faint> },
    { title: 'Owner', width: 80, faint: true, cell: (row) => <Faint>{row.assignee?.name}</Faint> },
    { title: 'Service', width: 140, faint: true, aside: true, cell: (row) => <Faint>{row.service?.name}</Faint> },
    { title: 'Environment', width: 116, faint: true, aside: true, cell: (row) => row.environment },
    { title: 'Kind', width: 80, faint: true, aside: true, cell: (row) => row.kind },
    { title: 'Opened', width: 112, faint: true, from: 1000, cell: (row) => <Ago at={row.openedAt} /> },
    { title: 'Last change', width: 112, faint: true, aside: true, cell: (row) => <Ago at={row.updatedAt} /> },
  ]
}

/** The row on a phone. */
export const PhoneRow = ({ row, reader }: { row: TicketRow; reader: Reader }) => (
  <TwoLine
    mark={reader.desk ? <Priority level={row.priority} /> : undefined}
    title={row.title}
    urgent={reader.desk && row.dueAt ? <DueCell of={row} /> : undefined}
    words={
      <>
        {row.number} · {row.parent && `under ${row.parent} · `}
        {reader.desk && `${row.assignee?.name ?? 'nobody yet'} · `}
        <Standing of={row} reader={reader} />
      </>
    }
    end={reader.desk ? row.service?.name : <Ago at={row.updatedAt} />}
  />
)
