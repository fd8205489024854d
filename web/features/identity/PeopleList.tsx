import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { readFilter } from '../../parts/filter-query.ts'
import { useMe } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Empty } from '../../ui/States.tsx'
import { Clock } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { stateWords, type User, useOnCall, useTeams } from './data.ts'
import { Face } from './Face.tsx'
import styles from './identity.module.css'

const names = ['role', 'state', 'team'] as const

/** The people that a filter such as 'role:lead team:"DBA" ana' means. An unknown team is nobody's. */
export const usePeople = (filter: string) => {
  const { fields, words } = readFilter(filter, names)
  const teams = useTeams()
  const team = teams.data?.items.find(({ name }) => name.toLowerCase() === fields.team?.toLowerCase())
  const noSuchTeam = fields.team !== undefined && teams.data !== undefined && !team
  const found = useInfiniteQuery({
    ...query.identity.users.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        cursor,
        limit: 100,
        search: words.slice(0, 100) || undefined,
        role: fields.role as User['role'] | undefined,
        state: fields.state as User['state'] | undefined,
        team: team?.id,
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
    placeholderData: keepPreviousData,
    enabled: fields.team === undefined || team !== undefined,
  })
  return { ...found, rows: noSuchTeam ? [] : found.data?.pages.flatMap((page) => page.items) }
}

export type PeopleSource = ReturnType<typeof usePeople>

const teamsOf = (user: User) =>
  user.teams.map(({ name, role }) => (role === 'lead' ? `${name} (lead)` : name)).join(', ')
const State = ({ of }: { of: User['state'] }) =>
  of === 'active' ? <span className="faint">active</span> : <Status tone="off">{stateWords[of]}</Status>

/** Where each person is on call now, by user id. */
const useOnCallOf = () => {
  const { data } = useOnCall()
  return (id: string) =>
    data?.items
      .filter(({ people }) => people.some(({ user }) => user.id === id))
      .map(({ schedule }) => schedule.name) ?? []
}

type Props = {
  source: PeopleSource
  filtered: boolean
  keys: boolean
  marked: ReadonlySet<string> | undefined
  onMarked: (marked: ReadonlySet<string>) => void
}

/** The list of people. */
export function PeopleList({ source, filtered, keys, marked, onMarked }: Props) {
  const me = useMe()
  const onCall = useOnCallOf()
  const columns: readonly Column<User>[] = [
    {
      title: 'Name',
      main: true,
      width: 148,
      cell: (user) => (
        <span className={styles.person}>
          <Face name={user.name} you={user.id === me.data?.id} size={18} />
          <span className="strong clip">{user.name}</span>
        </span>
      ),
    },
    { title: 'Role', width: 92, faint: true, cell: (user) => user.role },
    { title: 'Teams', cell: teamsOf },
    {
      title: 'On call now',
      width: 150,
      from: 640,
      cell: (user) => onCall(user.id).join(', '),
    },
    { title: 'Their time', width: 116, faint: true, from: 560, cell: (user) => <Clock zone={user.zone} /> },
    { title: 'Mail', width: 210, faint: true, from: 860, cell: (user) => user.email },
    { title: 'Account', width: 104, cell: (user) => user.state !== 'active' && <State of={user.state} /> },
  ]
  return (
    <DataTable
      label="People"
      rows={source.rows}
      rowId={(user) => user.id}
      columns={columns}
      choose="people"
      to={(user) => paths.person(user.id)}
      source={source}
      keys={keys}
      {...(marked && { marked, onMarked })}
      empty={
        filtered ? (
          <Empty title="Nobody matches the filter.">Take a part of it away, or look for another name.</Empty>
        ) : (
          <Empty title="Nobody is here yet.">Invite those who work on tickets, and those who ask.</Empty>
        )
      }
      phone={(user) => (
        <TwoLine
          mark={<Face name={user.name} you={user.id === me.data?.id} size={24} />}
          title={user.name}
          urgent={user.state === 'active' ? <span className="faint">{user.role}</span> : <State of={user.state} />}
          words={teamsOf(user) || user.email}
          end={onCall(user.id).length > 0 ? 'on call' : undefined}
        />
      )}
    />
  )
}
