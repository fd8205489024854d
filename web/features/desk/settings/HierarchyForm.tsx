import { Button, NumberInput, Select } from '@mantine/core'
import { useState } from 'react'
import type { HierarchyRule } from '../../../../contract/desk/hierarchy.ts'
import { api, query } from '../../../api.ts'
import { PeopleSelect } from '../../../parts/PeopleSelect.tsx'
import { useAct, useOpenedWith } from '../../../parts/use-act.ts'
import { DialogForm } from '../../../ui/DialogForm.tsx'
import { toast } from '../../../ui/toast.ts'
import type { Rules } from './rule-words.ts'
import styles from './settings.module.css'

type Kept = { key: number; rule: HierarchyRule }

const whens = [
  { value: 'not_taken', label: 'nobody has taken it for … minutes' },
  { value: 'not_accepted', label: 'escalated and not accepted for … minutes' },
  { value: 'resolution', label: '… % of the time to resolve it' },
]
const priorities = [1, 2, 3, 4, 5].map((n) => ({ value: String(n), label: n === 1 ? 'P1' : `P1 to P${n}` }))
const tells = [
  { value: 'leads', label: 'tell the leads' },
  { value: 'managers', label: 'tell the managers' },
]

const figureOf = (rule: HierarchyRule) => (rule.when === 'resolution' ? rule.percent : rule.minutes)
const withFigure = (rule: HierarchyRule, figure: number): HierarchyRule =>
  rule.when === 'resolution' ? { ...rule, percent: figure } : { ...rule, minutes: figure }
const ruleOf = (when: HierarchyRule['when'], { priority, tell }: HierarchyRule): HierarchyRule =>
  when === 'resolution' ? { when, priority, tell, percent: 80 } : { when, priority, tell, minutes: 30 }

const fresh: HierarchyRule = { when: 'not_taken', priority: 1, minutes: 15, tell: 'leads' }

function RuleFields({
  rule,
  onChange,
  onRemove,
  at,
}: {
  rule: HierarchyRule
  onChange: (r: HierarchyRule) => void
  onRemove: () => void
  at: number
}) {
  return (
    <fieldset className={`${styles.act} ${styles.rule}`} aria-label={`Rule ${at}`}>
      <div className={styles.line}>
        <Select
          label="When"
          allowDeselect={false}
          data={whens}
          value={rule.when}
          onChange={(next) => next && onChange(ruleOf(next as HierarchyRule['when'], rule))}
        />
        <NumberInput
          label={rule.when === 'resolution' ? 'Per cent' : 'Minutes'}
          w={90}
          min={rule.when === 'resolution' ? 10 : 1}
          allowDecimal={false}
          value={figureOf(rule)}
          onChange={(next) => typeof next === 'number' && onChange(withFigure(rule, next))}
        />
      </div>
      <div className={styles.line}>
        <Select
          label="Of tickets"
          allowDeselect={false}
          data={priorities}
          value={String(rule.priority)}
          onChange={(next) => next && onChange({ ...rule, priority: Number(next) })}
        />
        <Select
          label="Then"
          allowDeselect={false}
          data={tells}
          value={rule.tell}
          onChange={(next) => next && onChange({ ...rule, tell: next as HierarchyRule['tell'] })}
        />
        <Button onClick={onRemove} aria-label={`Remove rule ${at}`}>
          Remove
        </Button>
      </div>
    </fieldset>
  )
}

/** The rules of a team, or those for all, and who its managers are. */
export function HierarchyForm({ rules: given, onClose }: { rules: Rules; onClose: () => void }) {
  const [managerIds, setManagers] = useState(given.managers.map(({ id }) => id))
  const [kept, setKept] = useState<Kept[]>(() => given.rules.map((rule, key) => ({ key, rule })))
  const opened = useOpenedWith(given)
  const save = useAct(
    () =>
      api.desk.hierarchy.set(
        { teamId: given.team?.id ?? null, managerIds, rules: kept.map(({ rule }) => rule) },
        opened,
      ),
    {
      fields: ['managerIds'],
      refresh: [query.desk.hierarchy.key()],
      done: () => {
        toast('The rules are saved; open tickets are looked at anew.')
        onClose()
      },
    },
  )
  return (
    <DialogForm act="Save" busy={save.busy} failed={save.failed} onSubmit={() => save.run(undefined)} onClose={onClose}>
      <PeopleSelect
        label="Managers"
        description={
          given.team ? 'Without any, those named for all teams are told.' : 'Told for teams that name none themselves.'
        }
        // The rules are what most come for: a list that opens by itself would lie on them.
        openOnFocus={false}
        value={managerIds}
        known={given.managers}
        onChange={setManagers}
        error={save.problems.managerIds}
      />
      {kept.map(({ key, rule }, index) => (
        <RuleFields
          key={key}
          at={index + 1}
          rule={rule}
          onChange={(next) => setKept(kept.map((one) => (one.key === key ? { key, rule: next } : one)))}
          onRemove={() => setKept(kept.filter((one) => one.key !== key))}
        />
      ))}
      <div>
        <Button onClick={() => setKept([...kept, { key: Math.max(0, ...kept.map((k) => k.key)) + 1, rule: fresh }])}>
          Add a rule
        </Button>
      </div>
    </DialogForm>
  )
}
