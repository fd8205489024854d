import type { PingFilters } from '../../../contract/jobs/filters.ts'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'

const curl = 'curl -fsS -m 10 --retry 5 -o /dev/null'

/** As they count: with words looked for, only what brings the output does; with POST alone, nothing else. */
export const linesOf = ({ url, slug, filters }: { url: string; slug: string; filters: PingFilters }) => {
  if (filters.httpBody)
    return {
      crontab: `./${slug}.sh 2>&1 | ${curl} --data-binary @- ${url}`,
      script: [`./${slug}.sh >out.log 2>&1`, `tail --bytes=100000 out.log | ${curl} --data-binary @- ${url}`],
    }
  const call = filters.post ? `${curl} -X POST` : curl
  return {
    crontab: `./${slug}.sh; ${call} ${url}/$?`,
    script: [
      `${call} ${url}/start`,
      `./${slug}.sh >out.log 2>&1; status=$?`,
      `tail --bytes=100000 out.log | ${curl} --data-binary @- ${url}/$status`,
    ],
  }
}

/**
 * What the service of a systemd timer says below [Service]; an end by a signal is told by its name. Without an output,
 * so there is none where the words of that decide.
 */
export const timerLines = ({ url, filters }: { url: string; filters: PingFilters }): string[] | undefined => {
  if (filters.httpBody) return undefined
  // It looks for no program by its name alone, and a `-` lets the job go on when Watchfloor is away.
  const call = `-/usr/bin/${curl}${filters.post ? ' -X POST' : ''}`
  return [`ExecStartPre=${call} ${url}/start`, `ExecStopPost=${call} ${url}/\${EXIT_STATUS}`]
}

/** Begun as long before the first time as a file counts for it; the day after, it waits for the next one. */
const LONGEST = '23h'

/** The line that waits for the file of a job, and then runs it. */
export const arrivalLine = (
  { id, slug }: { id: string; slug: string },
  s: Extract<JobSchedule, { kind: 'arrival' }>,
): string => {
  const [hours = 0, minutes = 0] = (s.times.toSorted()[0] ?? '').split(':').map(Number)
  const ahead = Math.floor(Math.min(s.aheadSeconds, DAY) / 60)
  const start = (((hours * 60 + minutes - ahead) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES
  const wait = `timeout ${LONGEST} watchfloor wait-for --newer-than ${Math.max(1, Math.round(ahead / 60))}h ${quoted(s.file)}`
  return `${start % 60} ${Math.floor(start / 60)} * * *  ${wait} && watchfloor run ${id} -- ./${slug}.sh`
}
const DAY = 86_400
const DAY_MINUTES = 1_440
const quoted = (path: string): string => `'${path.replaceAll("'", "'\\''").replaceAll('%', '\\%')}'`
