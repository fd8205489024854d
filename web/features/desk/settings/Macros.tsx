import { Button } from '@mantine/core'
import { skipToken, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MacroView } from '../../../../contract/desk/macros.ts'
import { api, query } from '../../../api.ts'
import { useMay } from '../../../parts/frame-data.ts'
import { useAct, useRefresh } from '../../../parts/use-act.ts'
import { Act } from '../../../ui/Act.tsx'
import { keyset, rowsOf } from '../../../ui/list.ts'
import { Panel } from '../../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../../ui/States.tsx'
import { toast } from '../../../ui/toast.ts'
import { Listed } from './Listed.tsx'
import { MacroDialog } from './MacroDialog.tsx'
import styles from './settings.module.css'

const keys = [query.desk.macros.key()]

/** The macros: lists of acts on a ticket, run as one. */
export function Macros() {
  const may = useMay('macro.write') !== undefined
  const reads = useMay('macro.read') !== undefined
  const [editing, setEditing] = useState<MacroView | 'new'>()
  const found = useInfiniteQuery(
    query.desk.macros.list.infiniteOptions({
      input: reads ? (cursor: string | undefined) => ({ cursor, limit: 100 }) : skipToken,
      ...keyset,
    }),
  )
  const refresh = useRefresh(keys)
  const remove = useAct((macro: MacroView) => api.desk.macros.delete({ id: macro.id }), {
    refresh: keys,
    done: (_, { name, team, acts }) =>
      toast(`The macro ${name} is deleted.`, {
        undo: async () => {
          await api.desk.macros.create({ teamId: team?.id ?? null, name, acts })
          await refresh()
        },
      }),
  })
  const items = rowsOf(found.data)
  const add = may && <Act label="New macro" k="c" run={() => setEditing('new')} />
  return (
    <Panel title="Macros" words="M on a ticket" right={items && items.length > 0 && add}>
      {found.isError && (
        <Failed what="The macros could not be loaded." error={found.error} retry={() => void found.refetch()} />
      )}
      {!items && !found.isError && <Loading lines={3} />}
      {items?.length === 0 && (
        <Empty title="There is no macro yet." act={add}>
          A macro does several things to a ticket in one act: it sets impact and urgency, gives the ticket to a team,
          replies, or lets it wait. The palette offers it under its name.
        </Empty>
      )}
      <ul className={styles.list}>
        {items?.map((macro) => (
          <Listed
            key={macro.id}
            of={macro}
            words={macro.sentences.join(', then ')}
            onEdit={() => setEditing(macro)}
            onDelete={() => remove.run(macro)}
          />
        ))}
      </ul>
      {found.hasNextPage && (
        <div className={styles.more}>
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      {editing && <MacroDialog macro={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />}
    </Panel>
  )
}
