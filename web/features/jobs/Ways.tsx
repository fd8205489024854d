import { CopyText } from '../../ui/CopyText.tsx'
import { Panel } from '../../ui/Panel.tsx'
import type { JobDetail } from './data.ts'
import styles from './jobs.module.css'

/** How its runs report, ready to copy. */
export function Ways({ job }: { job: JobDetail }) {
  const { pingUrl: url, schedule, slug } = job
  const when = schedule.kind === 'cron' ? (schedule.expression.split('\n')[0] ?? '0 22 * * *') : '0 22 * * *'
  return (
    <Panel title="How it reports" pad>
      <div className={styles.ways}>
        <div>
          <p>In a crontab, where the exit status tells whether it ended well. Whoever knows the address may ping.</p>
          <CopyText
            label="the line for a crontab"
            text={`${when} ./${slug}.sh; curl -fsS -m 10 --retry 5 -o /dev/null ${url}/$?`}
          />
        </div>
        <div>
          <p>Wrapped: with its start, duration and output, and it is kept while Watchfloor is away.</p>
          <CopyText label="the line with watchfloor run" text={`${when} watchfloor run ${job.id} -- ./${slug}.sh`} />
        </div>
        <div>
          <p>In a script of your own:</p>
          <CopyText
            label="the lines for a script"
            text={[
              `curl -fsS -m 10 --retry 5 -o /dev/null ${url}/start`,
              `./${slug}.sh >out.log 2>&1; status=$?`,
              `tail --bytes=100000 out.log | curl -fsS -m 10 --retry 5 -o /dev/null --data-binary @- ${url}/$status`,
            ].join('\n')}
          />
        </div>
      </div>
    </Panel>
  )
}
