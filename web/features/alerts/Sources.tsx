import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Choices } from '../../ui/Chip.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { keyset, rowsOf } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { Ago } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { factsEvery } from './data.ts'
import { Noise } from './Noise.tsx'
import { rate, SourceState } from './SourceState.tsx'
import { capped, type SourceRow } from './words.ts'

const Last = ({ at }: { at: string | null }) => (at === null ? <span className="faint">never</span> : <Ago at={at} />)

const columns: readonly Column<SourceRow>[] = [
  { title: 'State', width: 112, cell: (row) => <SourceState source={row} /> },
  {
    title: 'Source',
    main: true,
    cell: (row) => (
      <>
        <span className="strong">{row.name}</span> <span className="faint">{row.kindTitle}</span>
      </>
    ),
  },
  { title: 'Last event', width: 110, cell: (row) => <Last at={row.lastAt} /> },
  { title: 'Rate', width: 84, align: 'right', faint: true, cell: (row) => rate(row.perMinute) },
  { title: 'Firing', width: 66, align: 'right', cell: (row) => (row.firing > 0 ? capped(row.firing) : '') },
  {
    title: 'Problems',
    width: 220,
    from: 860,
    faint: true,
    cell: (row) =>
      row.problems > 0 && (
        <span title={row.lastProblem ?? undefined}>
          {row.problems.toLocaleString('en-GB')} · {row.lastProblem}
        </span>
      ),
  },
  {
    title: 'Service',
    width: 180,
    from: 1040,
    faint: true,
    cell: (row) => `${row.service?.name ?? 'none'} · ${row.environment}`,
  },
  { title: 'Team', width: 140, from: 720, faint: true, cell: (row) => row.team?.name ?? '' },
]

/** The tools that report to us, and whether they are heard. */
export function Sources() {
  const { view } = useSearch({ strict: false }) as { view?: unknown }
  const navigate = useNavigate()
  const noise = view === 'noise'
  const may = useMay('source.write')
  const list = useInfiniteQuery({
    ...query.alerts.sources.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ limit: 100, ...(cursor && { cursor }) }),
      ...keyset,
    }),
    refetchInterval: factsEvery,
  })
  const rows = rowsOf(list.data)
  const connect = (
    <Act
      label="Connect a tool"
      k="c"
      kind="primary"
      to={paths.newSource()}
      not={!may && 'You may not connect tools. A lead or an administrator may.'}
    />
  )
  const onlyOurs = rows?.every(({ builtIn }) => builtIn)
  const table = (
    <Panel fill label="Sources">
      <DataTable
        label="Sources"
        rows={rows}
        source={list}
        rowId={({ id }) => id}
        to={({ id }) => paths.source(id)}
        columns={columns}
        phone={(row) => (
          <TwoLine
            mark={<SourceState source={row} />}
            title={row.name}
            urgent={row.firing > 0 ? `${capped(row.firing)} firing` : undefined}
            words={row.kindTitle}
            end={<Last at={row.lastAt} />}
          />
        )}
        empty={null}
      />
      {onlyOurs && (
        <Empty title="No tool is connected yet." act={connect}>
          A source is a tool or a script that sends us events: a monitoring system, a scheduler, a line of curl. It gets
          a key of its own, and what it sends becomes alerts.
        </Empty>
      )}
    </Panel>
  )
  return (
    <Page
      title="Sources"
      fill={!noise}
      chips={
        <Choices
          label="View"
          value={noise ? 'noise' : 'list'}
          onChange={(next) =>
            void navigate({ to: '.', replace: true, search: (() => (next === 'noise' ? { view: next } : {})) as never })
          }
          of={[
            { value: 'list', label: 'Tools that report to us' },
            { value: 'noise', label: 'Noise' },
          ]}
        />
      }
      acts={(noise || !onlyOurs) && connect}
    >
      {noise ? <Noise /> : table}
    </Page>
  )
}
