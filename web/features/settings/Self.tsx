import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { notify } from '../../../contract/notify/index.ts'
import type { system } from '../../../contract/system.ts'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Status, type Tone } from '../../ui/Marks.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Cell, Cells, Panel } from '../../ui/Panel.tsx'
import { Empty, Failed } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { duration, span } from '../../ui/time.ts'

type Out<Route extends { '~orpc': { outputSchema?: unknown } }> = z.output<Route['~orpc']['outputSchema'] & z.ZodType>
type Health = Out<typeof system.health>['items'][number]
type Table = Out<typeof system.storage>['tables'][number]
type Periodic = Out<typeof system.schedule>['items'][number]
type Sent = Out<typeof notify.deliveryTimes>['items'][number]

/** Often enough to watch it work, and no burden. */
const every = 15_000

const tones: Record<Health['state'], Tone> = { ok: 'ok', warn: 'warn', bad: 'down', unknown: 'blind' }
const words: Record<Health['state'], string> = { ok: 'in order', warn: 'warning', bad: 'trouble', unknown: 'unknown' }

const size = (bytes: number): string =>
  bytes >= 1e9
    ? `${(bytes / 1e9).toFixed(1)} GB`
    : bytes >= 1e6
      ? `${Math.round(bytes / 1e6)} MB`
      : `${Math.round(bytes / 1e3)} kB`
const count = (n: number): string => (n > 1000 ? 'more than 1,000' : n.toLocaleString('en'))

const healthColumns: readonly Column<Health>[] = [
  { title: 'State', width: 96, cell: ({ state }) => <Status tone={tones[state]}>{words[state]}</Status> },
  { title: 'What', width: 150, main: true, cell: ({ what }) => <span className="strong">{what}</span> },
  { title: 'How it is', cell: ({ detail }) => <span title={detail}>{detail}</span> },
  { title: 'Since', width: 110, faint: true, from: 700, cell: ({ since }) => since && <Stamp at={since} /> },
]

const storageColumns: readonly Column<Table>[] = [
  { title: 'Table', width: 190, main: true, mono: true, cell: ({ name }) => name },
  { title: 'Size', width: 84, align: 'right', cell: ({ bytes }) => size(bytes) },
  {
    title: 'Rows, about',
    width: 96,
    align: 'right',
    cell: ({ rows }) => (rows === 0 ? '–' : rows.toLocaleString('en')),
  },
  {
    title: 'Kept for',
    width: 92,
    align: 'right',
    cell: ({ keepDays }) => (keepDays === null ? 'no limit' : `${keepDays} days`),
  },
  { title: 'What it holds', faint: true, from: 760, cell: ({ what }) => <span title={what}>{what}</span> },
]

const periodicColumns: readonly Column<Periodic>[] = [
  {
    title: 'What',
    main: true,
    cell: ({ what, lastError }) =>
      lastError ? (
        <Status tone="down">
          <span title={lastError}>
            {what}: fails, {lastError}
          </span>
        </Status>
      ) : (
        <span title={what}>{what}</span>
      ),
  },
  { title: 'Every', width: 70, align: 'right', cell: (row) => span(row.every * 1000) },
  {
    title: 'Next',
    width: 96,
    align: 'right',
    faint: true,
    cell: ({ nextAt }) => (nextAt ? <Stamp at={nextAt} /> : '–'),
  },
]

const sentColumns: readonly Column<Sent>[] = [
  { title: 'Channel', main: true, cell: (row) => `${row.channel}, ${row.class}` },
  { title: 'Sent', width: 64, align: 'right', cell: ({ sent }) => sent.toLocaleString('en') },
  {
    title: 'Failed',
    width: 64,
    align: 'right',
    cell: ({ failed }) => (failed > 0 ? <b className="bad">{failed}</b> : 0),
  },
  { title: 'Waiting', width: 70, align: 'right', cell: ({ waiting }) => waiting.toLocaleString('en') },
  { title: 'Median', width: 72, align: 'right', cell: ({ p50 }) => (p50 === null ? '–' : duration(p50)) },
  { title: '99 %', width: 72, align: 'right', cell: ({ p99 }) => (p99 === null ? '–' : duration(p99)) },
]

/** How Watchfloor itself is: its health, for everybody at the desk; what it does and holds, for administrators. */
export function Self() {
  const health = useQuery({ ...query.system.health.queryOptions(), refetchInterval: every })
  const may = useMay('system.read') !== undefined
  return (
    <Page title="Watchfloor itself" words={health.data && `version ${health.data.version}`}>
      <Rows>
        <Panel title="Health">
          <DataTable
            flow
            label="Health"
            rows={health.data?.items}
            source={health}
            rowId={({ what, detail }) => `${what} ${detail}`}
            columns={healthColumns}
            phone={(row) => (
              <TwoLine
                mark={<Status tone={tones[row.state]}>{words[row.state]}</Status>}
                title={row.what}
                words={row.detail}
              />
            )}
            empty={<Empty title="Nothing is known yet." />}
          />
        </Panel>
        {may ? (
          <Inside />
        ) : (
          <Panel label="More">
            <Empty title="The rest is for administrators.">
              They see what waits to be done, how messages fared, the periodic tasks, and what the database holds.
            </Empty>
          </Panel>
        )}
      </Rows>
    </Page>
  )
}

/** Its queue, what it sent, what comes round, and what lies in its database. */
function Inside() {
  const work = useQuery({ ...query.system.work.queryOptions(), refetchInterval: every })
  const sent = useQuery({ ...query.notify.deliveryTimes.queryOptions(), refetchInterval: every })
  const schedule = useQuery({ ...query.system.schedule.queryOptions(), refetchInterval: every * 4 })
  const storage = useQuery({ ...query.system.storage.queryOptions(), refetchInterval: every * 20 })
  return (
    <>
      <Columns of="minmax(0, 1fr) minmax(0, 1fr)">
        <Panel title="Due work" words="what waits to be done">
          {!work.data && work.isError && (
            <Failed what="Due work could not be loaded." error={work.error} retry={() => void work.refetch()} />
          )}
          {work.data && (
            <Cells>
              <Cell label="Late">{count(work.data.late)}</Cell>
              <Cell label="Failed, tried again">{count(work.data.failing)}</Cell>
              <Cell label="Due later">{count(work.data.waiting)}</Cell>
              <Cell label="Late since">{work.data.oldestAt ? <Stamp at={work.data.oldestAt} /> : '–'}</Cell>
            </Cells>
          )}
        </Panel>
        <Panel title="Messages of the last hour" words="how long each took until its channel had it">
          <DataTable
            flow
            keys={false}
            label="Messages of the last hour"
            rows={sent.data?.items}
            source={sent}
            rowId={(row) => `${row.channel} ${row.class}`}
            columns={sentColumns}
            phone={(row) => (
              <TwoLine title={`${row.channel}, ${row.class}`} words={`${row.sent} sent, ${row.failed} failed`} />
            )}
            empty={<Empty title="Nothing was sent within the last hour." />}
          />
        </Panel>
      </Columns>
      <Panel
        title="The database"
        words={storage.data && `${size(storage.data.bytes)}, the largest tables first`}
        foot={
          <span className="muted">
            A backup of all of it, with the attached files: <code>watchfloor backup watchfloor.tar.gz</code>, while
            Watchfloor works.
          </span>
        }
      >
        <DataTable
          flow
          keys={false}
          label="Tables of the database"
          rows={storage.data?.tables.slice(0, 25)}
          source={storage}
          rowId={({ name }) => name}
          columns={storageColumns}
          phone={(row) => <TwoLine title={row.name} words={row.what} end={size(row.bytes)} />}
          empty={<Empty title="The database is empty." />}
        />
      </Panel>
      <Panel title="Periodic tasks">
        <DataTable
          flow
          keys={false}
          label="Periodic tasks"
          rows={schedule.data?.items}
          source={schedule}
          rowId={({ key }) => key}
          columns={periodicColumns}
          phone={(row) => <TwoLine title={row.what} words={`every ${span(row.every * 1000)}`} />}
          empty={<Empty title="No periodic task is known." />}
        />
      </Panel>
    </>
  )
}
