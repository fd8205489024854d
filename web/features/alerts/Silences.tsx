import { useInfiniteQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { Act } from '../../ui/Act.tsx'
import { Toggle } from '../../ui/Chip.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { useKeys } from '../../ui/keys.ts'
import { keyset, rowsOf } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { useUrlState } from '../../ui/url.ts'
import { factsEvery } from './data.ts'
import { HoldState } from './HoldState.tsx'
import styles from './Silences.module.css'
import { SilenceDialog } from './SilenceDialog.tsx'
import { SilenceView } from './SilenceView.tsx'
import { capped, inWords, type Silence } from './words.ts'

const silenceState = (silence: Silence) => ({
  from: silence.startsAt,
  to: silence.endsAt,
  endedAt: silence.endedAt,
})

const columnsFor = (open: (id: string) => void): readonly Column<Silence>[] => [
  { title: 'State', width: 92, cell: (row) => <HoldState {...silenceState(row)} /> },
  {
    title: 'Silenced alerts',
    cell: (row) => (
      <button type="button" className={styles.name} onClick={() => open(row.id)}>
        {inWords(row.matchers)} <span className="faint">{row.reason}</span>
      </button>
    ),
  },
  { title: 'Holding', width: 74, align: 'right', cell: (row) => (row.holding > 0 ? capped(row.holding) : '') },
  { title: 'Until', width: 96, cell: (row) => <Stamp at={row.endedAt ?? row.endsAt} /> },
  { title: 'Team', width: 150, faint: true, from: 900, cell: (row) => row.team?.name ?? 'all teams' },
  { title: 'By', width: 100, faint: true, from: 640, cell: (row) => row.createdBy.name },
]

/** Silences: what is held back until when, and why. */
export function Silences({ views }: { views: ReactNode }) {
  const [past, setPast] = useUrlState('past', 'no')
  const [shown, show] = useUrlState('silence', '')
  const [creating, setCreating] = useState(false)
  const [cursor, setCursor] = useState<string>()
  const may = useMay('silence.write')
  const list = useInfiniteQuery({
    ...query.alerts.silences.list.infiniteOptions({
      input: (page: string | undefined) => ({
        view: past === 'yes' ? ('all' as const) : ('open' as const),
        limit: 100,
        ...(page && { cursor: page }),
      }),
      ...keyset,
    }),
    refetchInterval: factsEvery,
  })
  const rows = rowsOf(list.data)
  useKeys([{ key: 'Enter', label: 'Look at the silence', kind: 'move', run: () => cursor && show(cursor) }], {
    when: (rows?.length ?? 0) > 0,
  })
  return (
    <Page
      title="Alerts"
      fill
      chips={
        <>
          {views}
          <Toggle on={past === 'yes'} onChange={(on) => setPast(on ? 'yes' : 'no')}>
            Also over
          </Toggle>
        </>
      }
      acts={
        <Act
          label="New silence"
          k="c"
          kind="primary"
          run={() => setCreating(true)}
          not={!may && 'You may not silence alerts. A responder of their team may.'}
        />
      }
    >
      <Panel fill label="Silences">
        <DataTable
          label="Silences"
          rows={rows}
          source={list}
          rowId={(row) => row.id}
          columns={columnsFor(show)}
          cursor={cursor}
          onCursor={setCursor}
          phone={(row) => (
            <button type="button" className={styles.name} onClick={() => show(row.id)}>
              <TwoLine
                mark={<HoldState {...silenceState(row)} />}
                title={inWords(row.matchers)}
                urgent={<Stamp at={row.endedAt ?? row.endsAt} />}
                words={`${row.createdBy.name}: ${row.reason}`}
                end={row.holding > 0 ? `${capped(row.holding)} held` : undefined}
              />
            </button>
          )}
          empty={
            <Empty title={past === 'yes' ? 'Nothing was ever silenced.' : 'Nothing is silenced.'}>
              A silence holds back the alerts that it describes until a time that you choose: nobody is told, but all
              goes on to be watched, and the reason stands with each alert.
            </Empty>
          }
        />
      </Panel>
      <SilenceDialog of={creating ? [] : undefined} onClose={() => setCreating(false)} />
      <SilenceView id={shown} onClose={() => show('')} />
    </Page>
  )
}
