import type { Urgency } from '../../../contract/notify/index.ts'
import styles from './notify.module.css'
import { afterWords, type Method, type Rule, reachOf } from './reach.ts'

type Props = {
  methods: readonly Method[]
  rules: readonly Rule[]
  urgency: Urgency
  email: string
  whose: 'you' | 'them'
}

/** What happens to a page, step by step; what is passed over and why; and what happens when nothing is left. */
export function ReachWords({ methods, rules, urgency, email, whose }: Props) {
  const { steps, skipped } = reachOf(methods, rules, urgency)
  const account = whose === 'you' ? 'your account' : 'the account'
  return (
    <>
      <dl className={styles.steps}>
        {steps.map(({ after, label, address }) => (
          <div key={`${after} ${label}`}>
            <dt className="faint">{afterWords(after)}</dt>
            <dd>
              <b>{label}</b> {address !== label && <span className="faint">{address}</span>}
            </dd>
          </div>
        ))}
        {steps.length === 0 && (
          <div>
            <dt className="faint">at once</dt>
            <dd>
              A mail to <b>{email}</b>, the address of {account}. That is the last resort:{' '}
              {skipped.length > 0 ? 'no rule for this urgency can be used' : 'there is no rule for this urgency'}.
            </dd>
          </div>
        )}
      </dl>
      {skipped.map(({ label, why }) => (
        <p key={`${label} ${why}`} className={styles.skipped}>
          {label} is passed over: {why}.
        </p>
      ))}
    </>
  )
}
