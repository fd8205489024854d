import type { Urgency } from '../../../contract/notify/index.ts'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import { contactKeys } from './data.ts'
import styles from './notify.module.css'
import { ReachWords } from './ReachWords.tsx'
import { type Method, type Rule, urgencyWords } from './reach.ts'

type Props = {
  method: Method | undefined
  methods: readonly Method[]
  rules: readonly Rule[]
  email: string
  onClose: () => void
}

function Form({ method, methods, rules, email, onClose }: Props & { method: Method }) {
  const act = useAct(api.notify.removeMethod, {
    fields: [],
    refresh: contactKeys,
    done: () => {
      toast(`${method.label} is removed.`)
      onClose()
    },
  })
  const used = (['high', 'low'] as Urgency[]).filter((urgency) =>
    rules.some((rule) => rule.urgency === urgency && rule.methodId === method.id),
  )
  const kept = rules.filter((rule) => rule.methodId !== method.id)
  return (
    <DialogForm
      act="Remove"
      danger
      onSubmit={() => act.run({ id: method.id })}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
    >
      <p>
        {used.length > 0 ? 'The rules that use it go with it. ' : 'No rule uses it. '}
        To take it back you would add it again and prove it by a new code.
      </p>
      {used.map((urgency) => (
        <div key={urgency} className={styles.preview}>
          <h3>{urgencyWords[urgency].title}: afterwards a page comes</h3>
          <ReachWords
            methods={methods.filter(({ id }) => id !== method.id)}
            rules={kept}
            urgency={urgency}
            email={email}
            whose="you"
          />
        </div>
      ))}
    </DialogForm>
  )
}

/** Asks before a contact method goes, because it cannot simply be taken back; says how pages come afterwards. */
export const RemoveMethod = ({ method, ...rest }: Props) => (
  <Dialog opened={method !== undefined} onClose={rest.onClose} title={method ? `Remove ${method.label}` : 'Remove'}>
    {method && <Form method={method} {...rest} />}
  </Dialog>
)
