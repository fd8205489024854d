import type { PageView } from '../../../contract/oncall/index.ts'
import { Status } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { NextStep } from '../oncall/NextStep.tsx'
import { PageState } from './PageState.tsx'
import { type Delivery, deliveryWords, isTrouble, type Target } from './paging.ts'
import styles from './ticket.module.css'

const Sent = ({ of }: { of: Delivery }) => {
  const words = (
    <>
      {of.channel} to {of.address}: {deliveryWords(of)} {of.sentAt && <Stamp at={of.sentAt} />}
    </>
  )
  return (
    <li>
      {isTrouble(of) ? (
        <Status tone="warn">
          <span>{words}</span>
        </Status>
      ) : (
        words
      )}
    </li>
  )
}

const Asked = ({ of, rounds }: { of: Target; rounds: boolean }) => (
  <li className={styles.asked}>
    <span className={styles.at}>
      <Stamp at={of.at} />
    </span>
    <div>
      {of.user ? <b>{of.user.name}</b> : <Status tone="down">nobody</Status>}{' '}
      <span className="faint">
        step {of.step}
        {rounds && `, round ${of.round}`}
      </span>
      <div className="muted">
        <span className="sr-only">{of.user ? 'Why this person, why now: ' : 'Why nobody: '}</span>
        {of.why}
      </div>
      {of.deliveries.length > 0 && (
        <ul className={styles.sent} aria-label={`Messages to ${of.user?.name ?? 'nobody'}`}>
          {of.deliveries.map((one) => (
            <Sent key={one.id} of={one} />
          ))}
        </ul>
      )}
    </div>
  </li>
)

/** A page with everybody it turned to, why, and every message; the steps that reached nobody say why. */
export const Paging = ({ page }: { page: PageView }) => (
  <Panel
    title="Who was paged, and why"
    words={`${page.policy}, ${page.urgency} urgency`}
    foot={
      page.next && (
        <span>
          <NextStep of={page.next} />
        </span>
      )
    }
  >
    <div className={styles.state}>
      <PageState page={page} />
    </div>
    <ol className={styles.people}>
      {page.targets.map((one) => (
        <Asked
          key={`${one.round} ${one.step} ${one.user?.id ?? one.why}`}
          of={one}
          rounds={page.targets.some(({ round }) => round > 1)}
        />
      ))}
    </ol>
  </Panel>
)
