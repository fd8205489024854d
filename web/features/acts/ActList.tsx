import { Button } from '@mantine/core'
import { useState } from 'react'
import { actWords } from '../../../contract/acts/index.ts'
import { Raw } from '../../ui/CopyText.tsx'
import { Sheet } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Callout } from '../../ui/States.tsx'
import { Ago, Stamp } from '../../ui/Time.tsx'
import styles from './acts.module.css'
import type { JobAct } from './data.ts'
import { stateTone, stateWords } from './words.ts'

/** What was done to a job, newest first; each opens its evidence. */
export function ActList({ acts }: { acts: readonly JobAct[] }) {
  const [opened, setOpened] = useState<string>()
  const shown = acts.find(({ id }) => id === opened)
  return (
    <>
      <ul className={styles.acts}>
        {acts.map((act) => (
          <li key={act.id}>
            <div className={styles.line}>
              <Button variant="subtle" onClick={() => setOpened(act.id)} className={styles.name}>
                {actWords[act.act].title}
              </Button>
              <Status tone={stateTone[act.state]}>{stateWords[act.state]}</Status>
              <span className="faint">
                {act.by}, <Ago at={act.askedAt} />
              </span>
            </div>
            <div className="muted">{act.reason}</div>
            {act.detail && act.state !== 'done' && <div>{act.detail}</div>}
          </li>
        ))}
      </ul>
      <Sheet
        opened={shown !== undefined}
        onClose={() => setOpened(undefined)}
        from="right"
        title={shown ? `${actWords[shown.act].title}: ${stateWords[shown.state]}` : ''}
      >
        {shown && <Evidence act={shown} />}
      </Sheet>
    </>
  )
}

function Evidence({ act }: { act: JobAct }) {
  return (
    <div className={styles.sheet}>
      {act.state === 'unknown' && (
        <Callout tone="blind">Nobody knows whether it was done. Look before you repeat.</Callout>
      )}
      <Facts
        as="rows"
        of={[
          { label: 'By', value: act.by },
          { label: 'Why', value: act.reason },
          { label: 'Through', value: act.action.name },
          { label: 'Business date', value: act.businessDate },
          { label: 'Asked', value: <Stamp at={act.askedAt} full /> },
          act.endedAt !== null && { label: 'Ended', value: <Stamp at={act.endedAt} full /> },
          act.exitStatus !== null && { label: 'Exit status', value: act.exitStatus },
          act.httpStatus !== null && { label: 'HTTP status', value: act.httpStatus },
          act.detail !== '' && { label: 'What came of it', value: act.detail },
        ]}
      />
      <h3>What was carried out</h3>
      <Raw>{act.words}</Raw>
      {act.endedAt !== null && (
        <>
          <h3>What it answered</h3>
          {act.output.trim() ? <Raw>{act.output}</Raw> : <p className="faint">Nothing.</p>}
          {act.outputBytes > act.output.length && (
            <p className="faint">Of {act.outputBytes.toLocaleString('en-GB')} bytes this part is kept.</p>
          )}
        </>
      )}
    </div>
  )
}
