import { Button } from '@mantine/core'
import { skipToken, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, query } from '../../../api.ts'
import { refreshOn } from '../../../live.ts'
import { useMay } from '../../../parts/frame-data.ts'
import { useAct } from '../../../parts/use-act.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { Failed, Loading } from '../../../ui/States.tsx'
import { toast } from '../../../ui/toast.ts'
import { HierarchyForm } from './HierarchyForm.tsx'
import { type Rules, ruleWords } from './rule-words.ts'
import styles from './settings.module.css'

refreshOn('hierarchy.', () => [query.desk.hierarchy.key()])

const nameOf = ({ team }: Rules) => team?.name ?? 'All teams'

function One({ of, onEdit }: { of: Rules; onEdit: () => void }) {
  const remove = useAct(() => api.desk.hierarchy.remove({ teamId: of.team?.id ?? '' }), {
    refresh: [query.desk.hierarchy.key()],
    done: () => toast(`For ${nameOf(of)} the rules for all teams count now.`),
  })
  return (
    <li className={styles.item}>
      <div className={styles.what}>
        <b>{nameOf(of)}</b>{' '}
        <span className="faint">
          {of.own ? '' : of.team ? 'as for all teams' : 'as delivered'}
          {of.managers.length > 0 && ` managers: ${of.managers.map(({ name }) => name).join(', ')}`}
        </span>
        {(of.own || !of.team) && (
          <div className={`muted ${styles.text}`}>
            {of.rules.length > 0 ? of.rules.map(ruleWords).join('\n') : 'Nobody is told by the clock.'}
          </div>
        )}
      </div>
      {of.mayChange && (
        <span className={styles.acts}>
          <Button onClick={onEdit} aria-label={`Edit the rules of ${nameOf(of)}`}>
            Edit
          </Button>
          {of.own && of.team && (
            <Button
              loading={remove.busy}
              onClick={() => remove.run(undefined)}
              aria-label={`Remove the rules of ${nameOf(of)}`}
            >
              Remove
            </Button>
          )}
        </span>
      )}
    </li>
  )
}

/** When the leads of a team, and its managers, are told of a ticket by the clock. */
export function Hierarchy() {
  const reads = useMay('hierarchy.read') !== undefined
  const [editing, setEditing] = useState<Rules>()
  const found = useQuery(query.desk.hierarchy.list.queryOptions({ input: reads ? {} : skipToken }))
  return (
    <Panel title="When leads and managers are told" words="once for each step; L tells them by hand">
      {found.isError && (
        <Failed what="The rules could not be loaded." error={found.error} retry={() => void found.refetch()} />
      )}
      {!found.data && !found.isError && <Loading lines={6} />}
      <ul className={styles.list}>
        {found.data?.items.map((one) => (
          <One key={one.team?.id ?? 'all'} of={one} onEdit={() => setEditing(one)} />
        ))}
      </ul>
      {editing && (
        <Dialog opened wide onClose={() => setEditing(undefined)} title={`Who is told when: ${nameOf(editing)}`}>
          <HierarchyForm rules={editing} onClose={() => setEditing(undefined)} />
        </Dialog>
      )}
    </Panel>
  )
}
