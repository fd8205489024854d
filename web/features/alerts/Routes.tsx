import { useEffect, useRef, useState } from 'react'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { useIsPhone } from '../../ui/list.ts'
import { Status } from '../../ui/Marks.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { useRoutes } from './data.ts'
import styles from './Routes.module.css'
import { moveTo } from './route-draft.ts'
import { decisionWords } from './route-words.ts'
import { useRouteActs } from './use-route-acts.ts'
import type { AlertRoute } from './words.ts'

type Row = AlertRoute & { place: number }

const Disabled = () => <Status tone="off">disabled</Status>
const decides = (row: Row) => decisionWords(row).join(' · ')

const columns: readonly Column<Row>[] = [
  { title: 'No.', width: 48, align: 'right', faint: true, cell: (row) => row.place },
  {
    title: 'Route',
    main: true,
    width: 280,
    cell: (row) => (
      <span className={row.enabled ? undefined : styles.off}>
        <span className="strong">{row.name}</span> {!row.enabled && <Disabled />}
      </span>
    ),
  },
  {
    title: 'Condition',
    mono: true,
    from: 640,
    cell: (row) => (
      <span className={row.enabled ? undefined : styles.off} title={row.condition}>
        {row.condition}
      </span>
    ),
  },
  {
    title: 'Decides',
    cell: (row) => (
      <span className={row.enabled ? undefined : styles.off} title={decides(row)}>
        {decides(row)}
      </span>
    ),
  },
]

/** Rules over alerts, in the order in which they are tried. */
export function Routes() {
  const may = useMay('alert_route.write') !== undefined
  const list = useRoutes()
  const phone = useIsPhone()
  const [cursor, setCursor] = useState<string>()
  const rows = list.data?.items.map((route, at) => ({ ...route, place: at + 1 }))
  const isNew = rows?.length === 0
  const table = useRef<HTMLDivElement>(null)

  const order = rows?.map(({ id }) => id).join(' ')
  // A row that has another place now was taken out and put in again, and lost the focus by that.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another order takes the focus away
  useEffect(() => {
    if (document.activeElement === document.body)
      table.current?.querySelector<HTMLElement>('tr[data-cursor]')?.focus({ preventScroll: true })
  }, [order])

  const add = <Act label="New route" k="c" kind="primary" to={paths.newRoute()} />
  return (
    <Page
      title="Routes"
      fill
      chips={<span className="faint">tried in order; the first whose condition is true decides</span>}
      acts={
        may &&
        rows &&
        !isNew && (
          <>
            {!phone && <ListActs rows={rows} cursor={cursor} />}
            {add}
          </>
        )
      }
    >
      <Panel fill label="Routes">
        <div ref={table} className={styles.list}>
          <DataTable
            label="Routes"
            rows={rows}
            source={list}
            rowId={({ id }) => id}
            to={({ id }) => paths.route(id)}
            columns={columns}
            cursor={cursor}
            onCursor={setCursor}
            // A click chooses what the buttons act on; for those without buttons it opens.
            opens={!may}
            phone={(row) => (
              <TwoLine
                title={<span className={row.enabled ? undefined : styles.off}>{`${row.place}. ${row.name}`}</span>}
                urgent={!row.enabled && <Disabled />}
                words={decides(row)}
              />
            )}
            empty={
              <Empty title="There is no route yet." act={may && add}>
                A route says for which alerts another team, service, environment, priority or escalation policy is right
                than by default, and whether an incident is opened. Without any, the default holds: an alert goes to the
                team that owns its service, else to the team of its source.
              </Empty>
            }
          />
        </div>
      </Panel>
    </Page>
  )
}

function ListActs({ rows, cursor }: { rows: readonly Row[]; cursor: string | undefined }) {
  const { move, turn, remove } = useRouteActs()
  const row = rows.find(({ id }) => id === cursor)
  const none = !row && 'Choose a route first: j and k move.'
  const earlier = row && moveTo(rows, row.id, -1)
  const later = row && moveTo(rows, row.id, 1)
  const step = (to: { id: string; before: string | null } | undefined) =>
    row && to && !move.busy && move.run({ ...to, name: row.name })
  return (
    <>
      <Act
        label="Delete"
        kind="danger"
        busy={remove.busy}
        run={() => row && remove.run({ route: row, before: rows[row.place]?.id ?? null })}
        not={none}
      />
      <Act
        label={row?.enabled === false ? 'Enable' : 'Disable'}
        k="d"
        busy={turn.busy}
        run={() => row && turn.run({ id: row.id, on: !row.enabled })}
        not={none}
      />
      <Act
        label="Earlier"
        k="shift+ArrowUp"
        run={() => step(earlier)}
        not={none || (!earlier && 'It is tried first already.')}
      />
      <Act
        label="Later"
        k="shift+ArrowDown"
        run={() => step(later)}
        not={none || (!later && 'It is tried last already.')}
      />
      <Act label="Edit" k="e" {...(row && { to: paths.route(row.id) })} not={none} />
    </>
  )
}
