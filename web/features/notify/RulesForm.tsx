import { ActionIcon, Button, NumberInput, Select } from '@mantine/core'
import { useState } from 'react'
import type { Urgency } from '../../../contract/notify/index.ts'
import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { toast } from '../../ui/toast.ts'
import { contactKeys } from './data.ts'
import styles from './notify.module.css'
import { ReachWords } from './ReachWords.tsx'
import { type Method, type Rule, urgencyWords } from './reach.ts'

type Draft = { key: number; methodId: string; afterMinutes: number | undefined }
type Props = {
  urgency: Urgency
  methods: readonly Method[]
  rules: readonly Rule[]
  email: string
  onClose: () => void
}

const sendable = (rules: readonly { methodId: string; afterMinutes: number }[]) =>
  rules.map(({ methodId, afterMinutes }) => ({ methodId, afterMinutes }))

function Form({ urgency, methods, rules, email, onClose }: Props) {
  const before = rules.filter((rule) => rule.urgency === urgency).toSorted((a, b) => a.afterMinutes - b.afterMinutes)
  const [draft, setDraft] = useState<readonly Draft[]>(() =>
    before.map(({ methodId, afterMinutes }, key) => ({ key, methodId, afterMinutes })),
  )
  const refresh = useRefresh(contactKeys)
  const act = useAct(api.notify.setRules, {
    fields: draft.flatMap((_, index) => [`rules.${index}.afterMinutes`, `rules.${index}.methodId`]),
    refresh: contactKeys,
    done: (saved) => {
      toast(
        `${urgencyWords[urgency].title}: ${saved.rules.length === 1 ? 'one rule is' : `${saved.rules.length} rules are`} saved.`,
        {
          undo: async () => {
            await api.notify.setRules({ urgency, rules: sendable(before) })
            await refresh()
          },
        },
      )
      onClose()
    },
  })
  const change = (key: number, part: Partial<Draft>) =>
    setDraft(draft.map((one) => (one.key === key ? { ...one, ...part } : one)))
  const add = () => {
    const unused = methods.find(({ id }) => !draft.some(({ methodId }) => methodId === id)) ?? methods[0]
    const latest = Math.max(-5, ...draft.map(({ afterMinutes }) => afterMinutes ?? 0))
    if (unused)
      setDraft([
        ...draft,
        { key: Math.max(0, ...draft.map(({ key }) => key)) + 1, methodId: unused.id, afterMinutes: latest + 5 },
      ])
  }
  const complete = draft.every(({ afterMinutes }) => afterMinutes !== undefined)
  const filled = draft.map(({ methodId, afterMinutes = 0 }) => ({ methodId, afterMinutes }))
  return (
    <DialogForm
      act="Save"
      onSubmit={() => act.run({ urgency, rules: filled })}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={!complete && 'Each rule needs its minutes.'}
    >
      <div className={styles.rules}>
        {draft.map((rule, index) => (
          <div key={rule.key} className={styles.rule}>
            <span className="faint">after</span>
            <NumberInput
              aria-label={`Minutes of rule ${index + 1}`}
              data-autofocus={index === 0 || undefined}
              min={0}
              max={1440}
              allowDecimal={false}
              clampBehavior="none"
              value={rule.afterMinutes ?? ''}
              onChange={(next) => change(rule.key, { afterMinutes: typeof next === 'number' ? next : undefined })}
              error={act.problems[`rules.${index}.afterMinutes`]}
            />
            <span className="faint">min by</span>
            <div className={styles.by}>
              <Select
                aria-label={`Contact method of rule ${index + 1}`}
                {...findByTyping}
                data={methods.map(({ id, label }) => ({ value: id, label }))}
                value={rule.methodId}
                onChange={(methodId) => methodId && change(rule.key, { methodId })}
                error={act.problems[`rules.${index}.methodId`]}
              />
            </div>
            <ActionIcon
              className={styles.cross}
              aria-label={`Remove rule ${index + 1}`}
              onClick={() => setDraft(draft.filter(({ key }) => key !== rule.key))}
            >
              ×
            </ActionIcon>
          </div>
        ))}
        <div>
          <Button onClick={add} disabled={methods.length === 0 || draft.length >= 20}>
            Add a rule
          </Button>
        </div>
      </div>
      <div className={styles.preview}>
        <h3>With these rules a page comes</h3>
        <ReachWords
          methods={methods}
          rules={filled.map((rule, index) => ({ ...rule, id: String(index), urgency }))}
          urgency={urgency}
          email={email}
          whose="you"
        />
      </div>
    </DialogForm>
  )
}

/** Which contact method after how many minutes, for one urgency; what it comes to is said below while one types. */
export const RulesForm = ({ urgency, ...rest }: Omit<Props, 'urgency'> & { urgency: Urgency | undefined }) => (
  <Dialog
    opened={urgency !== undefined}
    onClose={rest.onClose}
    title={urgency ? `${urgencyWords[urgency].title}: rules` : 'Rules'}
  >
    {urgency && <Form urgency={urgency} {...rest} />}
  </Dialog>
)
