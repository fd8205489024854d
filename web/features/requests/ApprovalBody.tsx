import { Facts } from '../../ui/Facts.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Ago, Stamp } from '../../ui/Time.tsx'
import { Others } from './Asked.tsx'
import styles from './requests.module.css'
import type { ApprovalView } from './words.ts'

/** All that somebody needs who decides: what is asked by whom, why he is asked, and who else is. */
export const ApprovalBody = ({ approval }: { approval: ApprovalView }) => (
  <>
    <Panel title="What is asked">
      <div className={styles.answers}>
        <Facts
          as="rows"
          of={[
            { label: 'Asked by', value: approval.requester?.name ?? 'a program' },
            { label: 'For', value: approval.type },
            ...approval.answers.map(({ title, text }) => ({ label: title, value: text })),
          ]}
        />
      </div>
    </Panel>
    <Panel title="Why you" pad>
      <p>{approval.why}</p>
      <p className="faint">
        Asked <Ago at={approval.askedAt} />.{' '}
        {approval.state === 'asked' && (
          <>
            Answer by <Stamp at={approval.expiresAt} />; then it goes back to the support team.
          </>
        )}
      </p>
    </Panel>
    <Others of={approval.others} title="Who else" />
  </>
)
