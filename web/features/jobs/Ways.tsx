import { Link } from '@tanstack/react-router'
import { useMayFor } from '../../parts/use-may-for.ts'
import { paths } from '../../paths.ts'
import { CopyText } from '../../ui/CopyText.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { type JobDetail, usePingKeys } from './data.ts'
import styles from './jobs.module.css'
import { arrivalLine, linesOf, timerLines } from './lines.ts'

/** Its address by the ping key of its team; nothing for who may not change it, or where there is no key. */
function ByKey({ job }: { job: JobDetail }) {
  const may = useMayFor('job.write', job.team?.id ?? null)
  const keys = usePingKeys(may ? job.team?.id : undefined).data
  if (!keys?.ping) return null
  return (
    <div>
      <p>By the key of {keys.team.name}, with which every job of the team can be pinged:</p>
      <CopyText label="its address by key and short name" text={`${keys.pingUrl}/${keys.ping}/${job.slug}`} />
      {job.sharesSlug && (
        <Callout tone="warn">
          Another job of the team is called {job.slug} as well, so this address is refused as ambiguous. Give one of
          them another short name.
        </Callout>
      )}
    </div>
  )
}

/** How its runs report, ready to copy. */
export function Ways({ job }: { job: JobDetail }) {
  const { pingUrl: url, schedule, slug, filters } = job
  const when = schedule.kind === 'cron' ? (schedule.expression.split('\n')[0] ?? '0 22 * * *') : '0 22 * * *'
  const lines = linesOf({ url, slug, filters })
  const timer = schedule.kind === 'oncalendar' ? timerLines({ url, filters }) : undefined
  return (
    <Panel title="How it reports" pad>
      <div className={styles.ways}>
        {job.toldBy && (
          <Callout tone="note">
            <p>
              <Link to={paths.scheduler(job.toldBy.id)}>{job.toldBy.name}</Link> tells of its runs. Let it not ping as
              well: each run would count twice.
            </p>
          </Callout>
        )}
        <div>
          <p>Its address; whoever knows it may ping.</p>
          <CopyText label="its address" text={url} />
        </div>
        <ByKey job={job} />
        {schedule.kind === 'arrival' && (
          <div>
            <p>In a crontab{schedule.host && ` of ${schedule.host}`}: it waits for the file, and then begins.</p>
            <CopyText label="the line that waits for its file" text={arrivalLine(job, schedule)} />
          </div>
        )}
        {timer && (
          <>
            <div>
              <p>In the service of its systemd timer, below [Service]:</p>
              <CopyText label="the lines for a service of systemd" text={timer.join('\n')} />
            </div>
            <div>
              <p>Wrapped: with its duration and output, and it is kept while Watchfloor is away.</p>
              <CopyText
                label="the line with watchfloor run"
                text={`ExecStart=/usr/local/bin/watchfloor run ${job.id} -- /opt/batch/${slug}.sh`}
              />
            </div>
          </>
        )}
        {schedule.kind !== 'arrival' && !timer && (
          <>
            <div>
              <p>
                {filters.httpBody
                  ? 'In a crontab, where the words of what it prints tell whether it ended well:'
                  : 'In a crontab, where the exit status tells whether it ended well:'}
              </p>
              <CopyText label="the line for a crontab" text={`${when} ${lines.crontab}`} />
            </div>
            <div>
              <p>Wrapped: with its start, duration and output, and it is kept while Watchfloor is away.</p>
              <CopyText
                label="the line with watchfloor run"
                text={`${when} watchfloor run ${job.id} -- ./${slug}.sh`}
              />
            </div>
          </>
        )}
        <div>
          <p>In a script of your own:</p>
          <CopyText label="the lines for a script" text={lines.script.join('\n')} />
        </div>
        <div>
          <p>Its badge, up or down, for whoever knows this address:</p>
          <CopyText label="the address of its badge" text={job.badgeUrl} />
        </div>
      </div>
    </Panel>
  )
}
