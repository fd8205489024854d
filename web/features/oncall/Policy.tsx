import { skipToken, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { query } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { type Policy as Shown, useMayFor } from './data.ts'
import { EditPolicy, NewPolicy } from './EditPolicy.tsx'
import styles from './oncall.module.css'
import { endWords, StepWords } from './Policies.tsx'
import { PolicyServices } from './PolicyServices.tsx'
import { draftOfPolicy, stepsOf } from './policy-draft.ts'
import { WhatHappensNow } from './WhatHappensNow.tsx'

/** One escalation policy: its steps, its services, and whom it would reach now; or a new one. */
export function Policy() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const me = useMe().data
  const isNew = id === 'new'
  const policy = useQuery({
    ...query.oncall.policy.queryOptions({ input: isNew ? skipToken : { id } }),
    refetchInterval: 60_000,
  })
  const [editing, setEditing] = useState(false)
  if (isNew && me) return <NewPolicy teamId={me.teams.length === 1 ? (me.teams[0]?.id ?? null) : null} />
  if (!policy.data)
    return (
      <Page title="Escalation policy">
        <Panel label="Escalation policy">
          {policy.isError ? (
            <Failed what="The policy could not be loaded." error={policy.error} retry={() => void policy.refetch()} />
          ) : (
            <Loading />
          )}
        </Panel>
      </Page>
    )
  if (editing) return <EditPolicy policy={policy.data} onDone={() => setEditing(false)} />
  return <Look policy={policy.data} onEdit={() => setEditing(true)} />
}

function Look({ policy, onEdit }: { policy: Shown; onEdit: () => void }) {
  const not = useMayFor('policy.write')(policy.team?.id)
  return (
    <Page
      title={policy.name}
      chips={
        <>
          <span className="faint">escalation policy</span>
          {policy.team && <Link to={paths.team(policy.team.id)}>{policy.team.name}</Link>}
        </>
      }
      acts={<Act label="Edit" k="e" run={onEdit} not={not} />}
    >
      <Columns of="minmax(0, 1fr) minmax(0, 1fr)">
        <Rows>
          <Panel title="Steps" words="in minutes after the start" pad>
            <StepWords steps={policy.steps} />
            <div className={`muted ${styles.after}`}>{endWords(policy)}</div>
          </Panel>
          <PolicyServices policy={policy} />
        </Rows>
        <WhatHappensNow steps={stepsOf(draftOfPolicy(policy).steps)} repeats={policy.repeats} />
      </Columns>
    </Page>
  )
}
