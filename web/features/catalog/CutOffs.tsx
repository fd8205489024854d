import { ActionIcon } from '@mantine/core'
import type { ReactNode } from 'react'
import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { Due } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './catalog.module.css'
import { catalogKeys } from './data.ts'
import { type CutOff, cutOffTime, daysWords, type Service } from './words.ts'

/** By when the service must be ready or done, the next one first. */
export function CutOffs({
  service,
  may,
  onEdit,
  act,
}: {
  service: Service
  may: boolean
  onEdit: (cutOff: CutOff) => void
  act: ReactNode
}) {
  const refresh = useRefresh(catalogKeys)
  const remove = useAct(
    (cutOff: CutOff) => api.catalog.services.removeCutOff({ id: service.id, cutOffId: cutOff.id }),
    {
      refresh: catalogKeys,
      done: (_, { name, atTime, zone, days }) =>
        toast(`The cut-off ${name} is removed.`, {
          undo: async () => {
            await api.catalog.services.addCutOff({ id: service.id, name, atTime, zone, days })
            await refresh()
          },
        }),
    },
  )
  const rows = service.cutOffs.toSorted((a, b) => a.nextAt.localeCompare(b.nextAt))
  const acts = (cutOff: CutOff) =>
    may && (
      <span className={styles.icons}>
        <button
          type="button"
          className={styles.word}
          aria-label={`Change ${cutOff.name}`}
          onClick={() => onEdit(cutOff)}
        >
          Edit
        </button>
        <ActionIcon size="sm" aria-label={`Remove ${cutOff.name}`} onClick={() => remove.run(cutOff)}>
          ×
        </ActionIcon>
      </span>
    )
  const columns: readonly Column<CutOff>[] = [
    { title: 'Next in', width: 84, cell: (row) => <Due at={row.nextAt} /> },
    { title: 'Name', cell: (row) => <span className="strong">{row.name}</span> },
    { title: 'By', width: 120, cell: cutOffTime },
    { title: 'On', width: 90, faint: true, cell: (row) => daysWords(row.days) },
    ...(may ? [{ title: 'Acts', bare: true, width: 86, align: 'right' as const, cell: acts }] : []),
  ]
  return (
    <Panel
      title="Cut-offs"
      words={rows.length > 0 ? 'by then it must be ready or done' : undefined}
      right={rows.length > 0 && act}
    >
      <DataTable
        label={`Cut-offs of ${service.name}`}
        flow
        keys={false}
        rows={rows}
        rowId={(row) => row.id}
        columns={columns}
        empty={
          <Empty title="No cut-offs." act={act}>
            A time of day by which it must be ready or done. It makes tickets urgent as it comes near.
          </Empty>
        }
        phone={(row) => (
          <TwoLine
            title={row.name}
            urgent={<Due at={row.nextAt} />}
            words={`${cutOffTime(row)}, ${daysWords(row.days)}`}
            end={acts(row)}
          />
        )}
      />
    </Panel>
  )
}
