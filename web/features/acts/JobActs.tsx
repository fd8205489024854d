import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type ActName, actNames, actWords } from '../../../contract/acts/index.ts'
import { api } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { rowsOf, useIsPhone } from '../../ui/list.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Failed } from '../../ui/States.tsx'
import { Ago } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { type JobDetail, jobKeys } from '../jobs/data.ts'
import { useWhyNot } from '../monitors/data.ts'
import { ActDialog } from './ActDialog.tsx'
import { ActList } from './ActList.tsx'
import styles from './acts.module.css'
import { handOverKeys, useActs, useHandOver, useOffers } from './data.ts'
import { HoldRunDialog } from './HoldRunDialog.tsx'
import { HandOverDialog, NoteDialog } from './NoteDialogs.tsx'

/** Kill has none: what ends a run is not a slip of a finger away. */
const keys: Partial<Record<ActName, string>> = { rerun: 'r', hold: 'h', release: 'u' }

/** What people do about a job: through its scheduler, and among themselves; and what came of it. */
export function JobActs({ job }: { job: JobDetail }) {
  const offers = useOffers(job.id)
  const acts = useActs(job.id)
  const mark = useHandOver(job.id).data?.mark
  const whyNot = useWhyNot('action.run')(job.team)
  const mayDefine = useMay('action.write')
  const [asked, setAsked] = useState<ActName | 'note' | 'hand-over' | 'hold-run'>()
  const close = () => setAsked(undefined)
  const release = useAct(() => api.jobs.releaseRun({ id: job.id }), {
    refresh: [...jobKeys],
    done: () => toast(`${job.name} is told of as ever.`),
  })
  const unmark = useAct(() => api.acts.endHandOver({ id: job.id }), {
    refresh: [...handOverKeys],
    done: () => toast(`The mark is taken from ${job.name}.`),
  })
  const items = offers.data?.items ?? []
  const offered = actNames.filter((act) => items.some((one) => one.act === act))
  // Of a job that has failed it is under the thumb on a phone, not here.
  const phone = useIsPhone()
  const shown = offered.filter((act) => act !== 'rerun' || job.state !== 'failed' || !phone)
  const rows = rowsOf(acts.data)
  return (
    <Panel title="Acts">
      {mark && (
        <div className={styles.said}>
          <Callout
            tone="note"
            acts={<Act label="Take the mark away" busy={unmark.busy} run={() => unmark.run(undefined)} />}
          >
            For the next shift, by {mark.by}, <Ago at={mark.at} />: {mark.note}
          </Callout>
        </div>
      )}
      {job.heldRun && (
        <div className={styles.said}>
          <Callout tone="note">
            {job.heldRun.by} holds the alarms of this run: {job.heldRun.reason}
          </Callout>
        </div>
      )}
      <div className={styles.buttons}>
        {shown.map((act) => {
          const of = items.filter((one) => one.act === act)
          const k = keys[act]
          return (
            <Act
              key={act}
              label={actWords[act].title}
              {...(k && { k })}
              kind={act === 'kill' ? 'danger' : 'plain'}
              run={() => setAsked(act)}
              not={whyNot ?? (of.every(({ not }) => not !== null) ? of[0]?.not : undefined)}
            />
          )
        })}
        <Act label="Note" k="n" run={() => setAsked('note')} />
        <Act label="Hand over" k="o" run={() => setAsked('hand-over')} />
        {job.heldRun ? (
          <Act label="Release alarms" k="m" busy={release.busy} run={() => release.run(undefined)} not={whyNot} />
        ) : (
          job.openRuns.length > 0 && (
            <Act label="Hold alarms" k="m" hint="of this run" run={() => setAsked('hold-run')} not={whyNot} />
          )
        )}
      </div>
      {(offers.isError || acts.isError) && (
        <Failed
          what={
            offers.isError
              ? 'What its scheduler may be told could not be loaded.'
              : 'What was done to it could not be loaded.'
          }
          error={offers.error ?? acts.error}
          retry={() => {
            void offers.refetch()
            void acts.refetch()
          }}
        />
      )}
      {offers.data && offered.length === 0 && (
        <p className={styles.hint}>
          Nobody has said how its scheduler is told to re-run or hold it.{' '}
          {mayDefine && <Link to={paths.newSchedulerAction()}>Define an action</Link>}
        </p>
      )}
      {rows && rows.length > 0 && <ActList acts={rows} />}
      {acts.hasNextPage && (
        <div className={styles.buttons}>
          <Button loading={acts.isFetchingNextPage} onClick={() => void acts.fetchNextPage()}>
            Show earlier
          </Button>
        </div>
      )}
      {asked === 'note' && <NoteDialog job={job} onClose={close} />}
      {asked === 'hand-over' && <HandOverDialog job={job} onClose={close} />}
      {asked === 'hold-run' && <HoldRunDialog job={job} onClose={close} />}
      {asked && asked !== 'note' && asked !== 'hand-over' && asked !== 'hold-run' && (
        <ActDialog job={job} act={asked} onClose={close} />
      )}
    </Panel>
  )
}
