import { keepPreviousData, skipToken, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { query } from '../../api.ts'
import { readFilter } from '../../parts/filter-query.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useSearchText } from '../../parts/use-search-text.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { useIsPhone } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { Strip } from '../../ui/Strip.tsx'
import { Lasting } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { CatalogLists } from './CatalogLists.tsx'
import { cellsOf, type HealthOf, healthRank, useHealth } from './data.ts'
import { HealthMark } from './HealthMark.tsx'
import { ServiceForm } from './ServiceForm.tsx'
import { counted, environments, type ServiceRow } from './words.ts'

const names = ['tier', 'kind', 'team', 'env', 'archived'] as const

/** The services that a filter such as 'tier:1 team:"L2 markets" order' means. */
const useServices = (filter: string) => {
  const { fields, words } = readFilter(filter, names)
  const mayTeams = useMay('team.read') !== undefined
  const teams = useQuery(query.identity.teams.list.queryOptions({ input: mayTeams ? { limit: 200 } : skipToken })).data
    ?.items
  const team = teams?.find(({ name }) => name.toLowerCase() === fields.team?.toLowerCase())
  const noSuchTeam = fields.team !== undefined && teams !== undefined && !team
  const found = useInfiniteQuery({
    ...query.catalog.services.list.infiniteOptions({
      input: (cursor: string | undefined) => ({
        cursor,
        limit: 200,
        search: words.slice(0, 100) || undefined,
        tier: fields.tier ? Number(fields.tier) : undefined,
        kind: fields.kind as ServiceRow['kind'] | undefined,
        environment: fields.env as ServiceRow['environments'][number] | undefined,
        team: team?.id,
        archived: fields.archived as 'yes' | 'no' | undefined,
      }),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: (page) => page.next ?? undefined,
    }),
    placeholderData: keepPreviousData,
    enabled: fields.team === undefined || team !== undefined,
  })
  return { ...found, teams: teams ?? [], rows: noSuchTeam ? [] : found.data?.pages.flatMap((page) => page.items) }
}

/** The worst first, then the most critical; only when all are here, because a list must not jump while it grows. */
const sorted = (rows: readonly ServiceRow[], health: HealthOf | undefined): readonly ServiceRow[] =>
  health
    ? rows.toSorted(
        (a, b) =>
          healthRank(health.of(a.id)?.state) - healthRank(health.of(b.id)?.state) ||
          a.tier - b.tier ||
          a.name.localeCompare(b.name),
      )
    : rows

const columnsOf = (health: HealthOf | undefined): readonly Column<ServiceRow>[] => [
  ...(health ? [{ title: 'Now', width: 116, cell: (row: ServiceRow) => <HealthMark of={health.of(row.id)} /> }] : []),
  {
    title: 'Service',
    main: true,
    cell: (row) => (
      <>
        <span className="strong">{row.name}</span> <span className="faint">{row.kind}</span>
      </>
    ),
  },
  ...(health
    ? [
        {
          title: 'Last 24 hours',
          width: 250,
          from: 900,
          cell: (row: ServiceRow) => {
            const of = health.of(row.id)
            return of && <Strip label={`${row.name}, last 24 hours`} cells={cellsOf(of.strip, health.from)} />
          },
        },
        {
          title: 'For',
          width: 76,
          align: 'right' as const,
          faint: true,
          from: 720,
          cell: (row: ServiceRow) => {
            const since = health.of(row.id)?.since
            return since ? <Lasting from={since} /> : ''
          },
        },
        {
          title: 'Alerts',
          width: 56,
          align: 'right' as const,
          from: 640,
          cell: (row: ServiceRow) => health.of(row.id)?.firing || <span className="faint">–</span>,
        },
      ]
    : []),
  { title: 'Tier', width: 48, align: 'right', cell: (row) => row.tier },
  {
    title: 'Owner',
    width: 190,
    from: 560,
    cell: (row) => row.ownerTeam?.name ?? <span className="faint">nobody</span>,
  },
  { title: 'Runs in', width: 110, faint: true, from: 800, cell: (row) => row.environments.join(', ') },
]

/** What is supported, with its health. */
export function Services() {
  const [filter, setFilter] = useSearchText('filter')
  const [adding, setAdding] = useState(false)
  const phone = useIsPhone()
  const services = useServices(filter)
  const health = useHealth()
  const mayAdd = useMay('service.write') !== undefined
  const mayMap = useMay('host.read') !== undefined
  const navigate = useNavigate()
  const rows = services.rows && !services.hasNextPage ? sorted(services.rows, health) : services.rows
  const add = mayAdd && <Act label="New service" k="c" kind="primary" run={() => setAdding(true)} />
  const columns = useMemo(() => columnsOf(health), [health])
  return (
    <Page
      title="Services"
      fill={!phone}
      chips={
        <>
          <CatalogLists shown="services" />
          <span className="faint">
            {rows ? counted(rows.length, 'service') : ''}
            {services.hasNextPage ? ' and more' : ''}
          </span>
        </>
      }
      acts={
        <>
          {mayMap && <Act label="Map" k="m" run={() => void navigate({ to: paths.serviceMap() })} />}
          {add}
        </>
      }
    >
      <FilterBar
        label="Filter the services"
        value={filter}
        onChange={setFilter}
        fields={[
          { name: 'tier', values: ['1', '2', '3', '4'] },
          { name: 'kind', values: ['business', 'technical'] },
          { name: 'team', values: services.teams.map(({ name }) => name) },
          { name: 'env', values: environments },
          { name: 'archived', values: ['yes'] },
        ]}
      />
      <Panel label="Services" fill={!phone}>
        <DataTable
          label="Services"
          rows={rows}
          rowId={(row) => row.id}
          columns={columns}
          choose="services"
          to={(row) => paths.service(row.id)}
          source={services}
          tone={(row) => (health?.of(row.id)?.state === 'down' ? 'down' : undefined)}
          empty={
            filter ? (
              <Empty title="No service matches the filter.">Take a part of it away, or look for another name.</Empty>
            ) : (
              <Empty title="No services yet." act={add}>
                A service is what the business names (order entry) or what that runs on (a gateway, a database). Alerts,
                tickets and pages find their way by it.
              </Empty>
            )
          }
          phone={(row) => (
            <TwoLine
              title={row.name}
              urgent={<HealthMark of={health?.of(row.id)} />}
              words={row.ownerTeam?.name ?? 'no owner'}
              end={<span className="faint">tier {row.tier}</span>}
            />
          )}
        />
      </Panel>
      <ServiceForm opened={adding} onClose={() => setAdding(false)} />
    </Page>
  )
}
