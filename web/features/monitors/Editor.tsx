import { type ReactNode, useEffect, useRef } from 'react'
import type { Seen } from '../../../contract/monitors/index.ts'
import { useIsPhone } from '../../ui/list.ts'
import { Columns } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { TryForm } from '../../ui/TryForm.tsx'
import { Answer } from './Answer.tsx'
import { Fields, type FieldsProps } from './Fields.tsx'
import styles from './monitors.module.css'
import type { Trial } from './use-trial.ts'

type Props = FieldsProps & {
  kind: { title: string; summary: string; help: string }
  trial: Trial
  onTry: () => void
  /** What follows from what was seen. */
  consequence: (seen: Seen) => ReactNode
  failed: string | undefined
  /** The list of kinds, while it can still be chosen. */
  kinds?: ReactNode
}

/** The form beside what the target answers. Enter in a line tries it. */
export function Editor({ kind, trial, onTry, consequence, failed, kinds, ...fields }: Props) {
  const phone = useIsPhone()
  const answer = useRef<HTMLDivElement>(null)
  const { seen, failed: notTried } = trial
  // On a phone the answer stands below the form, out of sight.
  useEffect(() => {
    if (phone && (seen || notTried)) answer.current?.scrollIntoView({ block: 'start' })
  }, [phone, seen, notTried])
  return (
    <Columns of={kinds ? '220px minmax(0, 1fr) minmax(0, 1fr)' : 'minmax(0, 1fr) minmax(0, 1fr)'}>
      {kinds}
      <Panel title={kind.title} words={kind.summary} pad>
        {/* Another kind is another form, with a first field of its own. */}
        <TryForm key={kind.title} onTry={onTry}>
          <Fields {...fields} />
          {failed && (
            <div role="alert">
              <Callout tone="down">{failed}</Callout>
            </div>
          )}
        </TryForm>
      </Panel>
      <div ref={answer} className={styles.answerPlace}>
        <Answer trial={trial} help={kind.help} onTry={onTry} consequence={seen && consequence(seen)} />
      </div>
    </Columns>
  )
}
