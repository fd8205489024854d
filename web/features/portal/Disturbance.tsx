import { useParams } from '@tanstack/react-router'
import type { DisturbanceDetail } from '../../../contract/desk/disturbances.ts'
import { AttachmentList } from '../../parts/Attachments.tsx'
import { statusOf } from '../../problem.ts'
import { Act } from '../../ui/Act.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { useDisturbance, useHurtsMe } from './data.ts'
import styles from './portal.module.css'
import { hurtsUnits, workedOn } from './words.ts'

/** Trouble with a service, for those whom it hurts: since when, and what we tell of it. */
export function Disturbance() {
  const { number = '' } = useParams({ strict: false })
  const found = useDisturbance(number.toUpperCase())
  if (found.data) return <Known of={found.data} />
  const none = statusOf(found.error) === 404
  return (
    <Page title="Trouble with a service">
      {none && <Empty title="This is over, or was never known.">What is disturbed now stands on your home page.</Empty>}
      {found.isError && !none && (
        <Failed what="It could not be loaded." error={found.error} retry={() => void found.refetch()} />
      )}
      {!found.isError && <Loading />}
    </Page>
  )
}

function Known({ of }: { of: DisturbanceDetail }) {
  const { join, leave } = useHurtsMe()
  return (
    <Page
      title={`Trouble with ${of.service.name}`}
      acts={
        of.mine === 'affected' ? (
          <Act label="It hurts me no longer" busy={leave.busy} run={() => leave.run(of.number)} />
        ) : (
          of.mine === null && (
            <Act label="This is my problem too" kind="primary" busy={join.busy} run={() => join.run(of.number)} />
          )
        )
      }
    >
      <div className="muted">
        Since <Stamp at={of.since} />
        {of.overAt && (
          <>
            , over since <Stamp at={of.overAt} />
          </>
        )}
        . {hurtsUnits(of.units)} {workedOn[of.state]}
        {of.nextUpdateAt && !of.overAt && (
          <>
            {' '}
            Next word by <Stamp at={of.nextUpdateAt} />.
          </>
        )}
      </div>
      {of.resolution && (
        <Panel title="What solved it" pad>
          <div className={styles.text}>{of.resolution}</div>
        </Panel>
      )}
      <Panel title="What we told you">
        {of.words.length === 0 ? (
          <Empty title="Nothing yet.">
            {of.mine === null
              ? 'Say that it is your problem too, and what we tell stands here and reaches you by mail.'
              : 'What we tell stands here and reaches you by mail. You need not call.'}
          </Empty>
        ) : (
          <ol className={styles.talk} aria-label="What we told you">
            {of.words.map((one) => (
              <li key={one.id} className={styles.said}>
                <div className={styles.by}>
                  <b>{one.author}</b>
                  <span className="muted">
                    <Stamp at={one.at} />
                  </span>
                </div>
                <div className={styles.text}>{one.body}</div>
                <AttachmentList of={one.attachments} />
              </li>
            ))}
          </ol>
        )}
      </Panel>
    </Page>
  )
}
