import { setTimeout as pause } from 'node:timers/promises'
import { uniqueKey } from '../server/features/jobs/healthchecks/unique-key.ts'
import type { ServerProcess } from '../test/harness/process.ts'
import { JOBS, type JobHouse, jobId } from './fill-jobs.ts'
import { type Figure, ms, percentile } from './tools.ts'

const ASKED = 40

/** What programs of healthchecks ask for, of a team that has a third of all jobs. */
export const healthchecksOf = async (server: ServerProcess, { big }: JobHouse): Promise<Figure[]> => {
  const { body } = await server.api('PUT', `/teams/${big}/ping-keys/read`, {})
  const { key } = body as { key: string }
  const got = async (path: string): Promise<string> => {
    const answer = await fetch(`${server.url}${path}`, { headers: { 'x-api-key': key } })
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}.`)
    return answer.text()
  }
  const badges = JSON.parse(await got('/api/v3/badges/')).badges as Record<string, { json: string }>
  const badge = new URL(badges['region-1']?.json ?? '').pathname
  const took = async (path: string): Promise<number> => {
    const started = performance.now()
    await got(path)
    return performance.now() - started
  }
  const keyed: number[] = []
  for (let n = 0; n < ASKED; n++) keyed.push(await took(`/api/v3/checks/${uniqueKey(jobId(300 + n * 111))}`))
  const badged: number[] = []
  for (let n = 0; n < 5; n++) {
    // What is asked for again within three seconds is remembered.
    await pause(3_100)
    badged.push(await took(badge))
  }
  let over = false
  const scrape = (async () => {
    const started = performance.now()
    const text = await got(`/projects/${big}/metrics/${key}`)
    over = true
    return { ms: performance.now() - started, mb: text.length / 1e6 }
  })()
  const others: number[] = []
  while (!over) others.push(await took('/healthz'))
  const { ms: all, mb } = await scrape
  const ofOne = percentile(keyed, 95)
  return [
    {
      what: `By the API of healthchecks, of a team with ${Math.round(JOBS / 3).toLocaleString('en')} jobs: a check by its unique key`,
      ours: `p95 ${ms(ofOne)}`,
      beside: `a badge of a tag, counted anew: ${ms(Math.max(...badged))}`,
      budget: 'p95 < 100 ms',
      ok: ofOne < 100,
    },
    {
      what: 'and all of them for a Prometheus',
      ours: `${ms(all)} for ${mb.toFixed(0)} MB`,
      beside: `meanwhile another request: p95 ${ms(percentile(others, 95))}, slowest ${ms(Math.max(...others))}`,
      budget: 'others wait < 200 ms',
      ok: Math.max(...others) < 200,
    },
  ]
}
