import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct, useOpenedWith } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Columns, Page } from '../../ui/Page.tsx'
import { toast } from '../../ui/toast.ts'
import { oncallKeys, type Policy } from './data.ts'
import styles from './oncall.module.css'
import { PolicyEditor } from './PolicyEditor.tsx'
import { draftOfPolicy, newPolicy, type PolicyDraft, stepsOf, whatIsMissing } from './policy-draft.ts'
import { WhatHappensNow } from './WhatHappensNow.tsx'

const fields = (draft: PolicyDraft) => [
  ...['name', 'slug', 'teamId', 'repeats', 'ackTimeoutMinutes'],
  ...draft.steps.flatMap((step, index) => [
    `steps.${index}.delayMinutes`,
    `steps.${index}.targets`,
    ...step.targets.map((_, at) => `steps.${index}.targets.${at}.id`),
  ]),
]

const inputOf = (draft: PolicyDraft) => ({
  name: draft.name,
  teamId: draft.teamId,
  steps: stepsOf(draft.steps),
  repeats: draft.repeats,
  ackTimeoutMinutes: draft.ackTimeout ?? null,
})

/** Changes a policy; beside the form stands whom it would reach now. */
export function EditPolicy({ policy, onDone }: { policy: Policy; onDone: () => void }) {
  const [draft, setDraft] = useState(() => draftOfPolicy(policy))
  const opened = useOpenedWith(policy)
  const missing = whatIsMissing(draft)
  const save = useAct(() => api.oncall.changePolicy({ id: policy.id, ...inputOf(draft) }, opened), {
    fields: fields(draft),
    refresh: oncallKeys,
    done: (saved) => {
      toast(`${saved.name} is saved. Pages that are under way keep what they began with.`)
      onDone()
    },
  })
  return (
    <Page
      title={`Change ${policy.name}`}
      acts={
        <>
          <Act label="Cancel" k="Escape" run={onDone} />
          <Act
            label="Save"
            k="mod+Enter"
            kind="primary"
            run={() => save.run(undefined)}
            busy={save.busy}
            not={missing}
          />
        </>
      }
    >
      <Form draft={draft} onChange={setDraft} isNew={false} save={save} />
    </Page>
  )
}

/** A new policy. */
export function NewPolicy({ teamId }: { teamId: string | null }) {
  const navigate = useNavigate()
  const may = useMay('policy.write')
  const [draft, setDraft] = useState(() => newPolicy(teamId))
  const not = may ? whatIsMissing(draft) : 'Leads and administrators make policies. Ask one of them.'
  const save = useAct(() => api.oncall.createPolicy({ slug: draft.slug, ...inputOf(draft) }), {
    fields: fields(draft),
    refresh: oncallKeys,
    done: (made) => {
      toast(`${made.name} is made. Its services come next.`)
      void navigate({ to: paths.policy(made.id) })
    },
  })
  return (
    <Page
      title="New escalation policy"
      chips={<span className="faint">whom a page turns to, in which order</span>}
      acts={
        <>
          <Act label="Cancel" k="Escape" to={paths.onCall()} />
          <Act
            label="Make the policy"
            k="mod+Enter"
            kind="primary"
            run={() => save.run(undefined)}
            busy={save.busy}
            not={not}
          />
        </>
      }
    >
      <Form draft={draft} onChange={setDraft} isNew save={save} />
    </Page>
  )
}

type FormProps = {
  draft: PolicyDraft
  onChange: (draft: PolicyDraft) => void
  isNew: boolean
  save: { problems: Record<string, string | undefined>; failed: string | undefined }
}

const Form = ({ save, ...rest }: FormProps) => (
  <Columns of="minmax(0, 560px) minmax(0, 1fr)">
    <PolicyEditor {...rest} problems={save.problems} failed={save.failed} />
    <div className={styles.stay}>
      <WhatHappensNow steps={stepsOf(rest.draft.steps)} repeats={rest.draft.repeats} />
    </div>
  </Columns>
)
