import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { noFilters } from '../contract/jobs/filters.ts'
import { timerLines } from '../web/features/jobs/lines.ts'
import { startCron } from './harness/cron.ts'
import { scratchDatabase } from './harness/database.ts'
import { type ServerProcess, startServer } from './harness/process.ts'
import { canRunSystemd, startSystemd } from './harness/systemd.ts'

/** Real curl, Debian's cron and timers of systemd ping the real program, which is killed between a ping and its answer. */

const run = promisify(execFile)
let database: Awaited<ReturnType<typeof scratchDatabase>>
let server: ServerProcess

beforeAll(async () => {
  database = await scratchDatabase()
  server = await startServer({ DATABASE_URL: database.url })
  await server.ready()
})
afterAll(async () => {
  await server.kill()
  await database.drop()
})

const job = async (name: string, more: object = {}) => {
  const schedule = { kind: 'cron', expression: '0 22 * * 1-5', zone: 'Europe/London' }
  const made = await server.api('POST', '/jobs', { name, schedule, ...more })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const { id } = made.body as { id: string }
  return { id, url: `${server.url}/ping/${id}` }
}
type Run = {
  id: string
  startedAt: string | null
  endedAt: string | null
  note: string | null
  outcome: string
  exitStatus: number | null
  ms: number | null
  outputBytes: number
}
const runs = async (id: string) =>
  ((await server.api('GET', `/jobs/${id}/runs?limit=200`)).body as { items: Run[] }).items
const sh = async (script: string) => (await run('sh', ['-c', script])).stdout

it('lines for curl by key and slug, and the management API, as healthchecks documents them', async () => {
  const { id: team } = (await server.api('POST', '/teams', { name: 'Night', slug: 'night', kind: 'l2' })).body as {
    id: string
  }
  const key = async (kind: string) =>
    ((await server.api('PUT', `/teams/${team}/ping-keys/${kind}`, {})).body as { key: string }).key
  const [ping, write] = [await key('ping'), await key('write')]
  const curl = 'curl -fsS -m 10 --retry 5'
  expect(
    await sh(
      `${curl} "${server.url}/ping/${ping}/db-backup?create=1"; ${curl} ${server.url}/ping/${ping}/db-backup/$?`,
    ),
  ).toBe('CreatedOK')
  const made = await sh(
    `curl ${server.url}/api/v3/checks/ --header "X-Api-Key: ${write}" -s --data '{"name": "Backups", "tags": "prod www", "timeout": 3600, "grace": 60}'`,
  )
  const { ping_url, status } = JSON.parse(made)
  expect(status).toBe('new')
  expect(
    await sh(
      `m=$(echo out of disk; false); ${curl} --data-raw "$m" ${new URL(ping_url).pathname.replace(/^/, server.url)}/$?`,
    ),
  ).toBe('OK')
  const listed = JSON.parse(await sh(`curl -s --header "X-Api-Key: ${write}" "${server.url}/api/v3/checks/?tag=www"`))
  expect(listed.checks).toMatchObject([{ name: 'Backups', status: 'down', n_pings: 1 }])
})

it('lines for curl do what they say: start, output, exit status, HEAD', async () => {
  const { id, url } = await job('By curl')
  const curl = 'curl -fsS -m 10 --retry 5'
  const said = await sh(
    `${curl} ${url}/start; printf 'one\\ntwo\\n' | ${curl} --data-binary @- ${url}/3; ${curl} -I ${url} >/dev/null; echo $?`,
  )
  expect(said).toBe('OKOK0\n')
  const all = await runs(id)
  expect(all).toMatchObject([{ outcome: 'success' }, { outcome: 'fail', exitStatus: 3, outputBytes: 8 }])
  expect(all[1]?.ms).toBeGreaterThanOrEqual(0)
  const refused = await sh(
    `curl -s -o /dev/null -w '%{http_code}' ${server.url}/ping/${crypto.randomUUID()}; curl -s ${url}/256`,
  )
  expect(refused).toBe('404invalid url format')
})

it('a hundred megabytes cost no more memory than their end', async () => {
  const { id, url } = await job('Chatty')
  await sh(`(head -c 100000000 /dev/zero; printf 'the end') | curl -fsS -m 60 -T - -X POST ${url}/1`)
  const [only] = await runs(id)
  expect(only).toMatchObject({ outcome: 'fail', outputBytes: 100_000_007 })
  const { body } = await server.api('GET', `/jobs/${id}/runs/${only?.id}`)
  const { output } = body as { output: string }
  expect([output.length, output.endsWith('\ufffdthe end')]).toEqual([100_000, true])
}, 60_000)

it('a line in a crontab of Debian’s cron tells its exit status', async () => {
  const { id, url } = await job('By cron')
  const stop = await startCron(`* * * * * sh -c 'exit 7'; curl -fsS -m 10 --retry 5 -o /dev/null ${url}/$?`)
  try {
    await vi.waitFor(async () => expect(await runs(id)).toMatchObject([{ outcome: 'fail', exitStatus: 7 }]), {
      timeout: 20_000,
      interval: 200,
    })
  } finally {
    await stop()
  }
}, 30_000)

// Where it can run: as root, on a machine whose control groups may be written.
it.runIf(canRunSystemd())(
  'the service of a real systemd timer tells its start and how it ended',
  async () => {
    const [failing, killed] = [await job('By a timer'), await job('Killed in a timer')]
    const unit = ({ url }: { url: string }, start: string) => {
      const lines = timerLines({ url, filters: noFilters }) ?? []
      return ['[Service]', 'Type=oneshot', lines[0], `ExecStart=/bin/sh -c '${start}'`, lines[1]].join('\n')
    }
    const timer = '[Timer]\nOnCalendar=*:*:0/2\nAccuracySec=100ms\n'
    const systemd = await startSystemd(
      {
        'eod.timer': timer,
        'eod.service': unit(failing, 'exit 7'),
        'slow.timer': timer,
        'slow.service': unit(killed, 'kill -TERM $$$$'),
        'night.target': '[Unit]\nWants=eod.timer slow.timer\n',
      },
      'night.target',
    )
    try {
      const told = async (id: string) => (await runs(id)).filter(({ endedAt }) => endedAt !== null).at(-1)
      const soon = { timeout: 20_000, interval: 200 }
      await vi.waitFor(
        async () => expect(await told(failing.id)).toMatchObject({ outcome: 'fail', exitStatus: 7 }),
        soon,
      )
      await vi.waitFor(
        async () => expect(await told(killed.id)).toMatchObject({ outcome: 'fail', exitStatus: 143 }),
        soon,
      )
      expect((await told(failing.id))?.startedAt).not.toBeNull()
      // What it says of its timers is what the importer reads.
      const files = [
        { name: 'units', text: await systemd.systemctl('cat', '*.timer', '*.service') },
        { name: 'timers.json', text: await systemd.systemctl('list-timers', '--all', '--output=json') },
      ]
      const { body } = await server.api('POST', '/jobs/imports/preview', {
        kind: 'systemd',
        host: 'here',
        zone: 'UTC',
        files,
      })
      expect((body as { items: { name: string }[] }).items.map(({ name }) => name).toSorted()).toEqual(['eod', 'slow'])
      expect(body).toMatchObject({ findings: [], items: [{ schedule: { expression: '*:*:0/2' } }, {}] })
    } finally {
      await systemd.stop()
    }
  },
  60_000,
)

it.each([
  ['behind', '-1h'],
  ['ahead', '+1h'],
])(
  'the clock of a job’s host that is an hour %s puts no run at a wrong time',
  async (way, off) => {
    const { id } = await job(`An hour ${way}`)
    const state = await mkdtemp(join(tmpdir(), 'wf-clock-'))
    const env = { ...process.env, WATCHFLOOR_URL: server.url, WATCHFLOOR_SPOOL: join(state, 'spool') }
    const before = Date.now() - 1_000
    await run('faketime', ['-f', off, 'sh', '-c', `./watchfloor run --wait ${id} -- sh -c 'exit 4'`], { env }).catch(
      ({ code }: { code: number }) => expect(code).toBe(4),
    )
    const [only] = await runs(id)
    expect(only).toMatchObject({ outcome: 'fail', exitStatus: 4, note: expect.stringContaining(`${way}`) })
    for (const time of [only?.startedAt, only?.endedAt]) {
      expect(Date.parse(time ?? '')).toBeGreaterThan(before)
      expect(Date.parse(time ?? '')).toBeLessThan(Date.now() + 1_000)
    }
    await rm(state, { recursive: true })
  },
  60_000,
)

it('what was answered OK is kept, whenever the program is killed; what was not may be sent again and counts once', async () => {
  const { id } = await job('Killed', { pingsPerSecond: 100_000 })
  const all = Array.from({ length: 600 }, () => crypto.randomUUID())
  const answered = new Set<string>()
  const send = async (one: string) => {
    const answer = await fetch(`${server.url}/ping/${id}/0?rid=${one}&id=${one}`).catch(() => null)
    if (answer?.ok) answered.add(one)
  }
  const sendAll = (some: string[]) =>
    Promise.all(
      Array.from({ length: 30 }, async (_, lane) => {
        for (let i = lane; i < some.length; i += 30) await send(some[i] as string)
      }),
    )
  const sending = sendAll(all)
  await vi.waitFor(() => expect(answered.size).toBeGreaterThan(100), { timeout: 20_000, interval: 1 })
  await server.kill('SIGKILL')
  await sending
  const before = new Set(answered)
  expect(before.size).toBeLessThan(all.length)
  server = await startServer({ DATABASE_URL: database.url })
  await server.ready()
  const kept = async () => {
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    const { rows } = await client.query<{ run_id: string }>('select run_id from pings where job_id = $1', [id])
    await client.end()
    return rows.map((r) => r.run_id)
  }
  const then = new Set(await kept())
  expect([...before].filter((one) => !then.has(one))).toEqual([])
  await sendAll(all.filter((one) => !before.has(one)))
  expect((await kept()).sort()).toEqual(all.toSorted())
  expect(((await server.api('GET', `/jobs/${id}`)).body as { pings: number }).pings).toBe(all.length)
}, 60_000)
