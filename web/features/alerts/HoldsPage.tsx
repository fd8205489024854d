import { type ReactNode, useState } from 'react'
import { useMay } from '../../parts/frame-data.ts'
import { Act } from '../../ui/Act.tsx'
import { Toggle } from '../../ui/Chip.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { useKeys } from '../../ui/keys.ts'
import type { Source } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { useUrlState } from '../../ui/url.ts'
import styles from './HoldsPage.module.css'

/** Whether what is over is shown as well; in the address, so that it can be sent to somebody. */
export const usePast = (): ['open' | 'all', (view: 'open' | 'all') => void] => {
  const [past, setPast] = useUrlState<string>('past', 'no')
  return [past === 'yes' ? 'all' : 'open', (view) => setPast(view === 'all' ? 'yes' : 'no')]
}

type Props<Row> = {
  label: string
  views: ReactNode
  rows: readonly Row[] | undefined
  source: Source
  columns: readonly Column<Row>[]
  phone: (row: Row) => ReactNode
  /** What is said where there is none: its title, and what one is for. */
  empty: { title: string; words: string }
  /** 'New silence' */
  create: string
  onCreate: () => void
  /** Shows one; a row has no page of its own. */
  onOpen: (id: string) => void
  children: ReactNode
}

/** A list of what holds alerts back: silences or maintenance windows. */
export function HoldsPage<Row extends { id: string }>(props: Props<Row>) {
  const { label, rows, onOpen } = props
  const [past, setPast] = usePast()
  const [cursor, setCursor] = useState<string>()
  const may = useMay('silence.write')
  useKeys([{ key: 'Enter', label: 'Open the row', kind: 'move', run: () => cursor && onOpen(cursor) }], {
    when: (rows?.length ?? 0) > 0,
  })
  const create = (
    <Act
      label={props.create}
      k="c"
      kind="primary"
      run={props.onCreate}
      not={!may && 'You may not hold alerts back. A responder of their team may.'}
    />
  )
  return (
    <Page
      title="Alerts"
      fill
      chips={
        <>
          {props.views}
          <Toggle on={past === 'all'} onChange={(on) => setPast(on ? 'all' : 'open')}>
            Also over
          </Toggle>
        </>
      }
      acts={rows?.length !== 0 && create}
    >
      <Panel fill label={label}>
        <DataTable
          label={label}
          rows={rows}
          source={props.source}
          rowId={(row) => row.id}
          columns={props.columns}
          cursor={cursor}
          onCursor={setCursor}
          phone={(row) => (
            <button type="button" className={styles.name} onClick={() => onOpen(row.id)}>
              {props.phone(row)}
            </button>
          )}
          empty={
            <Empty title={props.empty.title} act={create}>
              {props.empty.words}
            </Empty>
          }
        />
      </Panel>
      {props.children}
    </Page>
  )
}

/** The name of a row, which opens it. */
export const RowName = ({ children, onOpen }: { children: ReactNode; onOpen: () => void }) => (
  <button type="button" tabIndex={-1} className={styles.name} onClick={onOpen}>
    {children}
  </button>
)
