import type { JobDetail } from './data.ts'

const curl = 'curl -fsS -m 10 --retry 5 -o /dev/null'

/** As they count: with words looked for, only what brings the output does; with POST alone, nothing else. */
export const linesOf = ({ url, slug, filters }: { url: string; slug: string; filters: JobDetail['filters'] }) => {
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
