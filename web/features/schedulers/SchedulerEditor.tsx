import type { ReactNode } from 'react'
import { CopyText } from '../../ui/CopyText.tsx'
import { Columns, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { TryForm } from '../../ui/TryForm.tsx'
import type { Kind } from './data.ts'
import type { Draft } from './draft.ts'
import { SchedulerFields } from './SchedulerFields.tsx'
import { TestAnswer } from './TestAnswer.tsx'
import type { Tested } from './use-test.ts'

type Props = {
  kind: Kind
  draft: Draft
  change: (part: Partial<Draft>) => void
  problems: Readonly<Record<string, string | undefined>>
  test: Tested
  onTest: () => void
  failed: string | undefined
  /** The list of kinds, while it can still be chosen. */
  kinds?: ReactNode
}

/** The form beside what the scheduler answers and what is to be done on its side. Enter in a line tests it. */
export function SchedulerEditor({ kind, test, onTest, failed, kinds, ...fields }: Props) {
  return (
    <Columns of={kinds ? '200px minmax(0, 1fr) minmax(0, 1fr)' : 'minmax(0, 1fr) minmax(0, 1fr)'}>
      {kinds}
      <Panel title={kind.title} words={kind.summary} pad>
        {/* Another kind is another form, with a first field of its own. */}
        <TryForm key={kind.kind} onTry={onTest}>
          <SchedulerFields kind={kind} {...fields} />
          {failed && (
            <div role="alert">
              <Callout tone="down">{failed}</Callout>
            </div>
          )}
        </TryForm>
      </Panel>
      <Rows>
        <TestAnswer test={test} onTest={onTest} help={kind.help} />
        <Panel title="On its side" words="to copy" pad>
          <CopyText text={kind.setup.trim()} label="the set-up text" />
        </Panel>
      </Rows>
    </Columns>
  )
}
