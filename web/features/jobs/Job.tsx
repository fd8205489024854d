import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { isByDays } from '../../../contract/jobs/index.ts'
import { Log } from '../../parts/Log.tsx'
import { paths } from '../../paths.ts'
import { statusOf } from '../../problem.ts'
import { Act } from '../../ui/Act.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { useIsPhone } from '../../ui/list.ts'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Empty, Failed, Loading } from '../../ui/States.tsx'
import { Due, Stamp } from '../../ui/Time.tsx'
import { zoneName } from '../../ui/time.ts'
import { useParam } from '../../ui/url.ts'
import { JobActs } from '../acts/JobActs.tsx'
import { RerunAct } from '../acts/RerunAct.tsx'
import { useAcknowledge } from '../alerts/use-alert-acts.ts'
import { JobChains } from '../chains/JobChains.tsx'
import { useWhyNot } from '../monitors/data.ts'
import { belongsTo } from '../monitors/words.ts'
import { OwnEstimate } from '../schedulers/OwnEstimate.tsx'
import { Counts } from './Counts.tsx'
import { type JobDetail, useJob } from './data.ts'
import styles from './jobs.module.css'
import { LateDialog, SkipDialog } from './LateDialogs.tsx'
import { Runs } from './Runs.tsx'
import { StateMark } from './StateMark.tsx'
import { Times } from './Times.tsx'
import { pauseOf, useArchive, usePause } from './use-job-acts.ts'
import { Ways } from './Ways.tsx'
import { holdWords, ruleWords, scheduleWords, seconds, stateTone, usualOf } from './words.ts'

/** One job: how it is, its runs, when it is due, and how it reports. */
export function Job() {
  const id = useParam('id')
  const found = useJob(id)
  if (found.data) return <Shown job={found.data} />
  return (
    <Page title="Job">
      <Panel label="Job">
        {!found.isError && <Loading />}
        {found.isError &&
          ([400, 404, 422].includes(statusOf(found.error) ?? 0) ? (
            <Empty title="There is no such job." act={<Link to={paths.jobs()}>All jobs</Link>}>
              It may have been deleted.
            </Empty>
          ) : (
            <Failed what="The job could not be loaded." error={found.error} retry={() => void found.refetch()} />
          ))}
      </Panel>
    </Page>
  )
}

function Shown({ job }: { job: JobDetail }) {
  const whyNot = useWhyNot('job.write')(job.team)
  const pause = usePause()
  const archive = useArchive()
  const acknowledge = useAcknowledge()
  const alerts = job.alerts.filter(({ status }) => status === 'firing' || status === 'blind')
  const open = alerts.filter(({ acknowledgedBy }) => acknowledgedBy === null)
  const pausing = pauseOf([job], () => whyNot)
  const [asked, setAsked] = useState<'late' | 'skip'>()
  const close = () => setAsked(undefined)
  const archived = job.archivedAt !== null
  const failed = job.state === 'failed'
  const phone = useIsPhone()
  const tone = stateTone[job.state]
  const hold = job.waits?.hold ?? 'none'
  // Too long for the header.
  const isSentence = isLong(job.schedule)
  const tickets = job.alerts.flatMap(({ ticket }) => ticket ?? [])
  return (
    <Page
      title={job.name}
      long
      chips={
        <>
          <StateMark state={job.state} />
          <Chip>{job.service ? <Link to={paths.service(job.service.id)}>{belongsTo(job)}</Link> : belongsTo(job)}</Chip>
          {!isSentence && (
            <Chip>
              <code>{scheduleWords(job.schedule)}</code>
            </Chip>
          )}
          {[...new Map(tickets.map((t) => [t.id, t])).values()].map(({ number }) => (
            <Chip key={number}>
              <Link to={paths.ticket(number)}>{number}</Link>
            </Chip>
          ))}
          {hold !== 'none' && <Chip>{holdWords[hold]}</Chip>}
          {archived && <Chip>archived</Chip>}
        </>
      }
      acts={
        archived ? (
          <Act
            label="Restore"
            k="v"
            kind="primary"
            busy={archive.busy}
            run={() => archive.run({ job, on: true })}
            not={whyNot}
          />
        ) : (
          <>
            {phone && failed && <RerunAct job={job} />}
            <Act
              label="Will be late"
              k="l"
              rare={failed}
              run={() => setAsked('late')}
              not={whyNot ?? job.can.expectLate ?? undefined}
            />
            <Act
              label="Skip"
              k="s"
              rare={failed}
              run={() => setAsked('skip')}
              not={whyNot ?? job.can.skip ?? undefined}
            />
            <Act
              label="Archive"
              k="v"
              rare
              busy={archive.busy}
              run={() => archive.run({ job, on: false })}
              not={whyNot}
            />
            <Act
              label={pausing.label}
              k="P"
              rare
              busy={pause.busy}
              run={() => pause.run({ some: [job], on: pausing.on })}
              not={pausing.not}
            />
            <Act label="Edit" k="e" rare to={paths.editJob(job.id)} not={whyNot} />
            {alerts.length > 0 && (
              <Act
                label="Acknowledge"
                k="a"
                kind="primary"
                busy={acknowledge.busy}
                run={() => acknowledge.run(open.map(({ id, title }) => ({ id, title })))}
                not={open.length === 0 && `${alerts[0]?.acknowledgedBy} has it already.`}
              />
            )}
          </>
        )
      }
    >
      {(tone === 'down' || tone === 'warn' || tone === 'blind') && !archived && (
        <Callout tone={tone}>{job.reason}.</Callout>
      )}
      <LateDialog job={job} opened={asked === 'late'} onClose={close} />
      <SkipDialog job={job} opened={asked === 'skip'} onClose={close} />
      <Columns of="minmax(0, 1fr) 340px">
        <Rows>
          <Runs job={job} />
          <Log about={`job:${job.id}`} />
        </Rows>
        <Rows>
          {job.state === 'new' && <Ways job={job} />}
          {!archived && <JobActs job={job} />}
          <JobChains job={job} />
          <Expected job={job} />
          <OwnEstimate jobId={job.id} />
          <Counts job={job} />
          {job.state !== 'new' && <Ways job={job} />}
          {job.description && (
            <Panel title="What it is" pad>
              <p className={styles.text}>{job.description}</p>
            </Panel>
          )}
        </Rows>
      </Columns>
    </Page>
  )
}

/** Said in a sentence, not in a word. */
const isLong = (s: JobDetail['schedule']): boolean => isByDays(s) || s.kind === 'after'

function Expected({ job }: { job: JobDetail }) {
  const period = job.schedule.kind === 'period'
  const isOwn = job.rules === 'own'
  const hold = job.waits?.hold ?? 'none'
  const next = hold === 'none' ? job.dueAt : null
  return (
    <Panel title="Expected" words={job.zone ? `times of ${zoneName(job.zone)}` : undefined}>
      <div className={styles.facts}>
        <Facts
          as="rows"
          of={[
            {
              label: 'Next',
              value: next ? (
                <Due at={next} soon={0} />
              ) : (
                <span className="faint">
                  not expected{hold !== 'none' && ` while its scheduler has it ${holdWords[hold]}`}
                </span>
              ),
            },
            isLong(job.schedule) && {
              label: 'When',
              value: scheduleWords(job.schedule, job.follows?.name),
            },
            {
              label: 'Grace',
              value: isOwn ? seconds(job.graceSeconds) : `${seconds(job.graceSeconds)}, also how long a run may take`,
            },
            next !== null &&
              job.deadlineAt !== null && {
                label: 'Missing from',
                value: (
                  <>
                    <Stamp at={job.deadlineAt} />, then somebody is told
                  </>
                ),
              },
            job.late !== null && {
              label: 'Late until',
              value: (
                <>
                  <Stamp at={job.late.until} full />: {job.late.reason}
                </>
              ),
            },
            isOwn && {
              label: 'Longest run',
              value: job.maxRunSeconds === null ? 'no limit' : seconds(job.maxRunSeconds),
            },
            isOwn && job.minRunSeconds !== null && { label: 'Shortest run', value: seconds(job.minRunSeconds) },
            isOwn &&
              job.minGapSeconds !== null && { label: 'Between runs', value: `at least ${seconds(job.minGapSeconds)}` },
            isOwn &&
              job.failuresInARow > 1 && {
                label: 'Told after',
                value: `${job.failuresInARow} failures in a row${job.fails > 0 ? `; ${job.fails} now` : ''}`,
              },
            job.follows !== null && {
              label: 'After',
              value: <Link to={paths.job(job.follows.id)}>{job.follows.name}</Link>,
            },
            ...job.usual.map((u) => ({
              label: u.measure === 'duration' ? 'Usually' : `Usual ${u.measure}`,
              value: usualOf(u),
            })),
            job.tellUnusual && { label: 'Unusual runs', value: 'somebody is told' },
            { label: 'Rules', value: ruleWords[job.rules] },
            !isOwn && job.resumesByHand && { label: 'While paused', value: 'its pings do not begin it anew' },
            job.tags.length > 0 && {
              label: 'Tags',
              value: (
                <span className={styles.chips}>
                  {job.tags.map((tag) => (
                    <Chip key={tag}>{tag}</Chip>
                  ))}
                </span>
              ),
            },
            job.team !== null && { label: 'Team', value: <Link to={paths.team(job.team.id)}>{job.team.name}</Link> },
          ]}
        />
      </div>
      {!period && job.nextTimes.length > 0 && (
        <Times times={job.nextTimes} zone={job.zone} unknownFrom={job.unknownFrom} />
      )}
      {job.notes.map((note) => (
        <Callout key={note} tone="note">
          {note}
        </Callout>
      ))}
    </Panel>
  )
}
