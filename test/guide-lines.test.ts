import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { airflowSample } from '../server/features/imports/airflow/sample.ts'
import { scratchDatabase } from './harness/database.ts'
import { adminKey, type ServerProcess, startServer } from './harness/process.ts'
import { startSchedulerWire } from './harness/scheduler-wire.ts'

/** The lines for curl that README and guide give to copy, run as they stand: against the real program, by a real shell. */
const root = join(import.meta.dirname, '..')
const pages = ['README.md', ...readdirSync(join(root, 'docs/guide')).map((name) => `docs/guide/${name}`)]

const scripts = pages
  .filter((page) => page.endsWith('.md'))
  .flatMap((page) => {
    const text = readFileSync(join(root, page), 'utf8')
    const blocks = [...text.matchAll(/^ *```\w*\n([\s\S]*?)^ *```/gm)].filter(([all]) => /^ *```(sh)?\n/.test(all))
    const inline = [
      ...text.replaceAll(/^ *```[\s\S]*?^ *```/gm, (block) => ' '.repeat(block.length)).matchAll(/`([^`\n]+)`/g),
    ]
    return [...blocks, ...inline].map((found) => ({
      script: found[1] ?? '',
      where: `${page}, ${/^.*$/m.exec((found[1] ?? '').trim())?.[0].slice(0, 60)}`,
    }))
  })
  .filter(({ script }) => /\bcurl\b[\s\S]*(http|_URL|\$api|\$OLD)/.test(script))

/** The id that stands in the guide. */
const jobId = '4b7c9c0e-6d0a-4f9b-9d3e-2a6f3e1f0c11'
const folder = mkdtempSync(join(tmpdir(), 'wf-guide-'))
let database: Awaited<ReturnType<typeof scratchDatabase>>
let server: ServerProcess
let wire: Awaited<ReturnType<typeof startSchedulerWire>>
const keys = { ping: '', generic: '', pagerduty: '', team: '' }

const make = async <T>(method: string, path: string, body: unknown): Promise<T> => {
  const made = await server.api(method, path, body)
  expect(made.status, `${path}: ${JSON.stringify(made.body)}`).toBeLessThan(300)
  return made.body as T
}
const items = async (path: string) => (await make<{ items: Record<string, unknown>[] }>('GET', path, undefined)).items

/** As the API of healthchecks.io answers a key that may write. */
const check = (more: object) => ({
  desc: '',
  grace: 3600,
  n_pings: 3,
  status: 'up',
  manual_resume: false,
  methods: '',
  subject: '',
  subject_fail: '',
  start_kw: '',
  success_kw: '',
  failure_kw: '',
  filter_subject: false,
  filter_body: false,
  filter_http_body: false,
  filter_default_fail: false,
  channels: '',
  ...more,
})

beforeAll(async () => {
  database = await scratchDatabase()
  server = await startServer({ DATABASE_URL: database.url })
  await server.ready()
  wire = await startSchedulerWire()
  const [dags, tasks, runs] = airflowSample.files.map(({ text }) => text)
  wire.on('GET /api/v1/dags?limit=100', dags)
  wire.on('GET /api/v1/dags/*/details', {})
  wire.on('GET /api/v1/dags/*/tasks', { tasks: [] })
  wire.on('GET /api/v1/dags/eod/tasks', tasks)
  wire.on('GET /api/v1/datasets?limit=100', { datasets: [] })
  wire.on('GET /api/v1/dags/~/dagRuns/~/taskInstances?*', runs?.split('\n{')[0])
  wire.on('GET /api/v3/checks/', {
    checks: [
      check({
        uuid: '11111111-1111-4111-8111-111111111111',
        name: 'Backups',
        slug: 'backups',
        tags: 'prod www',
        timeout: 3600,
      }),
      check({
        uuid: '22222222-2222-4222-8222-222222222222',
        name: '',
        slug: '',
        tags: '',
        schedule: '15 5 * * *',
        tz: 'UTC',
      }),
      check({
        uuid: '33333333-3333-4333-8333-333333333333',
        name: 'Timer',
        slug: 'timer',
        tags: '',
        schedule: 'Mon..Fri 22:00',
        tz: 'Europe/London',
      }),
    ],
  })
  const { id } = await make<{ id: string }>('POST', '/teams', { name: 'Night', slug: 'night', kind: 'l2' })
  keys.team = id
  keys.ping = (await make<{ key: string }>('PUT', `/teams/${id}/ping-keys/ping`, {})).key
  for (const kind of ['generic', 'pagerduty'] as const)
    keys[kind] = (await make<{ key: string }>('POST', '/sources', { name: kind, kind })).key
  const schedule = { kind: 'cron', expression: '0 22 * * 1-5', zone: 'Europe/London' }
  await make('POST', '/jobs', { id: jobId, teamId: id, name: 'EOD prices', slug: 'eod-prices', schedule })
  await make('POST', '/jobs', { teamId: id, name: 'EOD prices by Gatus', slug: 'core_eod-prices', schedule })
  mkdirSync(join(folder, 'out'))
  writeFileSync(
    join(folder, 'out/event_demon.PRD'),
    '[11/23/2026 22:00:01]      CAUAJM_I_40245 EVENT: CHANGE_STATUS    STATUS: RUNNING         JOB: EOD_PRICES   MACHINE: batch01\n',
  )
}, 60_000)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await wire.stop()
  await server.kill()
  await database.drop()
})

/** What stands in the guide for what each reader has of his own. */
const filledIn = (script: string, page: string): string => {
  const key = page.includes('pings.md') ? keys.ping : script.includes('/v2/enqueue') ? keys.pagerduty : keys.generic
  return script
    .replaceAll(/https:\/\/watchfloor\.example\.com|http:\/\/localhost:9282/g, server.url)
    .replaceAll(/https:\/\/(?:airflow\.example\.com|healthchecks\.io)/g, wire.url)
    .replaceAll('OLD_KEY=…', 'OLD_KEY=theirs')
    .replaceAll('NEW_KEY=wf_…', `NEW_KEY=${adminKey}`)
    .replaceAll(/TEAM=…|TEAM-ID/g, (found) => found.replace(/…|TEAM-ID/, keys.team))
    .replaceAll('API-KEY', adminKey)
    .replaceAll('<its id>', jobId)
    .replaceAll(/YOUR-KEY|(?<=Bearer )…/g, key)
    .replaceAll(/^ *(?:[\d*,/-]+ +){5}/gm, '')
    .replaceAll('/opt/batch/eod.sh', 'true')
    .replace(/^; /, '')
    .replace('tail -n 0 -F', 'cat')
}

test('there are such lines', () => expect(scripts.length).toBeGreaterThan(15))

test.each(scripts.map(({ where, script }) => [where, script] as const))('%s', async (where, script) => {
  // What is refused ends the script, and so the test.
  const before = `set -eo pipefail; curl() { command curl --fail "$@"; }; watchfloor() { '${root}/watchfloor' "$@"; }\n`
  const env = {
    ...process.env,
    ...{ AUTOUSER: folder, AUTOSERV: 'PRD', TOKEN: 'theirs', KEY: adminKey },
    ...{ WATCHFLOOR_URL: server.url, WATCHFLOOR_API_KEY: adminKey },
  }
  const text = before + filledIn(script, where)
  const { stdout } = await promisify(execFile)('bash', ['-c', text], { cwd: folder, env }).catch((error) => {
    throw new Error(`${error.message}\n${error.stdout}`)
  })
  expect(stdout).not.toContain('not taken')
  if (script.includes('jobs import')) expect(stdout).toContain('eod.calc')
  // A team has one key for pings: the one that was made last.
  if (script.includes('/ping-keys/ping')) keys.ping = (JSON.parse(stdout) as { key: string }).key
})

test('they did what the guide says', async () => {
  expect((await items(`/jobs/${jobId}/runs`)).length).toBeGreaterThan(5)
  expect((await items('/alerts?view=all')).map(({ title }) => title)).toEqual(
    expect.arrayContaining(['FX end-of-day batch is late', 'FX end-of-day batch late', 'Disk full on prdbat01']),
  )
  expect((await items('/webhooks')).map(({ name }) => name)).toEqual(['Ops bus'])
  const names = (await items('/jobs?limit=200')).map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['Backups', 'Unnamed check', 'Timer']))
})
