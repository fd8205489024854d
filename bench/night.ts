import type { Browser, Page } from 'playwright-core'
import { scratchDatabase } from '../test/harness/database.ts'
import type { ServerProcess } from '../test/harness/process.ts'
import { launchChromium } from '../web/testing/chromium.ts'
import { signedIn, startForBrowser } from './browser.ts'
import { type Figure, median, ms, percentile } from './tools.ts'

const JOBS = 5_000
/** So many begin by the clock; each other one waits for two of the rows of as many before it, and the last for a whole row. */
const ROW = 150
const EVENTS = 12
/** Events that come closer are shown together, of so many jobs every five seconds. */
const PAUSE_MS = 6_000

const name = (n: number) => `J${String(n).padStart(4, '0')}`

/** JIL of a night of 5,000 jobs with some 10,000 edges, all of them before its last one. */
const night = (): string =>
  Array.from({ length: JOBS }, (_, n) => {
    const before = [n - ROW, n - ROW - 1 - ((n * 37) % (ROW - 1))].filter((one) => one >= 0)
    const row = Array.from({ length: ROW }, (_, k) => n - 1 - k)
    const condition = (n === JOBS - 1 ? row : before).map((one) => `s(${name(one)})`).join(' & ')
    const when = n < ROW ? 'date_conditions: 1\ndays_of_week: all\nstart_times: "17:30"' : `condition: ${condition}`
    return `insert_job: ${name(n)}   job_type: CMD\nmachine: prd${n % 40}\ncommand: /apps/${name(n)}.sh\navg_runtime: ${1 + (n % 5)}\n${when}\n`
  }).join('\n')

type Job = { id: string; name: string }

/** A night of 5,000 jobs in a browser: how soon it shows what has happened, and how its graph moves. */
export const benchNight = async (): Promise<Figure[]> => {
  const database = await scratchDatabase()
  const server = await startForBrowser(database.url)
  const ask = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const { status, body: answer } = await server.api(method, path, body)
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer).slice(0, 500)}`)
    return answer as Answer
  }
  await ask('POST', '/jobs/imports', { files: [{ name: 'night.jil', text: night() }], host: 'PRD', zone: 'UTC' })
  const named = async (one: string) => {
    const { items } = await ask<{ items: Job[] }>('GET', `/jobs?q=${one}`)
    const found = items.find((job) => job.name === one)
    if (!found) throw new Error(`There is no job ${one}.`)
    return found
  }
  const last = await named(name(JOBS - 1))
  const deadline = await ask<{ id: string }>('POST', '/deadlines', {
    name: 'The whole night',
    jobId: last.id,
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    due: { kind: 'by', time: '07:45', days: 1, zone: 'UTC' },
  })
  const firsts = await Promise.all(Array.from({ length: EVENTS }, (_, n) => named(name(n))))
  const browser = await launchChromium()
  const page = await opened(browser, server)
  const shown = await effects(page, server, deadline.id, firsts)
  const frames = await moved(page, last.id)
  await browser.close()
  await server.kill('SIGTERM')
  await database.drop()
  return [
    {
      what: `An event of a night of ${JOBS.toLocaleString('en')} jobs and 10,000 edges: from the ping until the page of the chain shows it`,
      ours: `p50 ${ms(median(shown))}, slowest of ${EVENTS} ${ms(Math.max(...shown))}`,
      beside: `read, predicted anew, and drawn, in a browser on the same two cores; an event each ${PAUSE_MS / 1000} s, closer ones are shown together`,
      budget: '< 1 s',
      ok: Math.max(...shown) < 1_000,
    },
    {
      what: `Frames of the graph of ${frames.jobs} while it is dragged and zoomed`,
      ours: `p50 ${ms(median(frames.times))}, p95 ${ms(percentile(frames.times, 95))}, slowest ${ms(Math.max(...frames.times))}`,
      beside: 'a frame of the screen: 17 ms',
      budget: 'p95 < 34 ms',
      ok: percentile(frames.times, 95) < 34,
    },
  ]
}

const opened = async (browser: Browser, { url }: ServerProcess): Promise<Page> => {
  const context = await signedIn(browser, url)
  return context.newPage()
}

/** One job after the other begins; the page counts them. */
const effects = async (page: Page, { url }: ServerProcess, id: string, jobs: readonly Job[]): Promise<number[]> => {
  await page.goto(`/chains/${id}`)
  await page.getByText(`0 of ${JOBS} jobs done`).waitFor({ timeout: 60_000 })
  const took: number[] = []
  for (const [n, job] of jobs.entries()) {
    await page.waitForTimeout(PAUSE_MS)
    const started = performance.now()
    await fetch(`${url}/ping/${job.id}/start`)
    await page.getByText(`${n + 1} running`).waitFor({ timeout: 60_000 })
    took.push(performance.now() - started)
  }
  return took
}

const watching = `
  window.frames = []
  let before = performance.now()
  const each = (now) => { window.frames.push(now - before); before = now; requestAnimationFrame(each) }
  requestAnimationFrame((now) => { before = now; requestAnimationFrame(each) })
`

/** Drags the graph about and zooms into it and out again, as a hand with a wheel does. */
const moved = async (page: Page, id: string): Promise<{ jobs: string; times: number[] }> => {
  await page.goto(`/jobs/${id}/graph?up=50&down=0`)
  const canvas = page.locator('canvas')
  await canvas.waitFor({ timeout: 60_000 })
  await page.waitForTimeout(3_000)
  const jobs = (await page.getByText(/^[\d,]+ jobs · /).textContent())?.split(' · ')[0] ?? ''
  const box = await canvas.boundingBox()
  if (!box) throw new Error('The graph is not on the page.')
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  await page.mouse.move(middle.x, middle.y)
  await page.evaluate(watching)
  for (let step = 0; step < 10; step++) await page.mouse.wheel(0, step < 6 ? 120 : -60)
  await page.mouse.down()
  for (let step = 0; step < 120; step++)
    await page.mouse.move(middle.x + 300 * Math.sin(step / 10), middle.y + 200 * Math.cos(step / 7))
  await page.mouse.up()
  return { jobs, times: await page.evaluate<number[]>('window.frames') }
}
