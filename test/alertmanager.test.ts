import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { scratchDatabase } from './harness/database.ts'
import { startHttpTarget } from './harness/http-target.ts'
import { adminKey, freePort, type ServerProcess, startServer } from './harness/process.ts'

/** A real Prometheus and a real Alertmanager, set up by the text that the page of the source shows, send to the real program. */

let database: Awaited<ReturnType<typeof scratchDatabase>>
let server: ServerProcess
let folder: string
const started: ChildProcess[] = []

beforeEach(async () => {
  database = await scratchDatabase()
  server = await startServer({ DATABASE_URL: database.url })
  await server.ready()
  folder = mkdtempSync(join(tmpdir(), 'wf-alertmanager-'))
})
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null) continue
    const ended = once(child, 'exit')
    child.kill()
    await ended
  }
  await server.kill()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

/** Starts one of Debian's programs, and answers its address once it is ready. */
const start = async (program: string, args: (port: number) => string[]): Promise<string> => {
  if (!existsSync(program)) throw new Error(`${program} is missing. Run dev/install-test-deps.`)
  const port = await freePort()
  started.push(spawn(program, [...args(port), '--log.level=error'], { stdio: 'inherit' }))
  const url = `http://127.0.0.1:${port}`
  const ready = async () => expect((await fetch(`${url}/-/ready`)).ok).toBe(true)
  await vi.waitFor(ready, { timeout: 20_000, interval: 100 })
  return url
}

const written = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

const startAlertmanager = (config: string): Promise<string> =>
  start('/usr/bin/prometheus-alertmanager', (port) => [
    `--config.file=${written('alertmanager.yml', config)}`,
    `--storage.path=${folder}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ])

/** Looks at a target each second, and tells an Alertmanager when it does not answer. */
const startPrometheus = (target: string, alertmanager: string): Promise<string> => {
  const rules = written(
    'rules.yml',
    `
groups:
  - name: instances
    rules:
      - alert: InstanceDown
        expr: up == 0
        for: 1s
        labels: { severity: critical }
        annotations: { summary: '{{ $labels.job }} does not answer' }
`,
  )
  const config = written(
    'prometheus.yml',
    `
global: { scrape_interval: 1s, evaluation_interval: 1s }
rule_files: ['${rules}']
alerting:
  alertmanagers:
    - static_configs: [{ targets: ['${new URL(alertmanager).host}'] }]
scrape_configs:
  - job_name: pricing
    static_configs: [{ targets: ['${new URL(target).host}'] }]
`,
  )
  return start('/usr/bin/prometheus', (port) => [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ])
}

const tell = async (url: string, alerts: unknown[]) => {
  const answer = await fetch(`${url}/api/v2/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(alerts),
  })
  expect(answer.status).toBe(200)
}

type Alert = { title: string; status: string; severity: string; host: string | null }
const alerts = async () =>
  ((await server.api('GET', '/alerts?view=all')).body as { items: Alert[] }).items
    .map(({ title, status, severity, host }) => ({ title, status, severity, host }))
    .sort((a, b) => (a.title < b.title ? -1 : 1))

/** An Alertmanager that is set up by the text that the page of its source shows, but waits less. */
const connected = async (): Promise<string> => {
  const made = await server.api('POST', '/sources', { kind: 'alertmanager', name: 'Prometheus', slug: 'prometheus' })
  const { setup } = made.body as { setup: string }
  return startAlertmanager(
    setup
      .replace(/http:\/\/localhost:\d+/, server.url)
      .replace('group_wait: 5s', 'group_wait: 1s\n  group_interval: 1s'),
  )
}

it('what a real Alertmanager sends opens alerts, one for each of its own, and ends them', async () => {
  const url = await connected()
  const down = (instance: string, more: object = {}) => ({
    labels: { alertname: 'InstanceDown', instance, severity: 'critical' },
    annotations: { summary: `${instance} does not answer` },
    generatorURL: 'http://prometheus.example.com/graph',
    ...more,
  })
  await tell(url, [down('prddb01:9100'), down('prddb02:9100')])
  const both = (second: string) => [
    { title: 'prddb01:9100 does not answer', status: 'firing', severity: 'critical', host: 'prddb01' },
    { title: 'prddb02:9100 does not answer', status: second, severity: 'critical', host: 'prddb02' },
  ]
  await vi.waitFor(async () => expect(await alerts()).toEqual(both('firing')), { timeout: 30_000, interval: 200 })
  // Only one of the group is over; the group as a whole still fires.
  await tell(url, [down('prddb02:9100', { endsAt: new Date().toISOString() })])
  await vi.waitFor(async () => expect(await alerts()).toEqual(both('resolved')), { timeout: 30_000, interval: 200 })
})

it('its receiver for PagerDuty needs another address and key, and nothing else', async () => {
  const url = await startAlertmanager(`
receivers:
  - name: pager
    pagerduty_configs:
      - url: ${server.url}/v2/enqueue
        routing_key: ${adminKey}
        severity: critical
route:
  receiver: pager
  group_by: [alertname]
  group_wait: 1s
  group_interval: 1s
`)
  const batch = { labels: { alertname: 'BatchLate', job: 'FX_EOD' }, annotations: { summary: 'late by 15 min' } }
  await tell(url, [batch])
  const is = (status: string) => async () =>
    expect(await alerts()).toEqual([
      { title: expect.stringContaining('BatchLate'), status, severity: 'critical', host: null },
    ])
  await vi.waitFor(is('firing'), { timeout: 30_000, interval: 200 })
  await tell(url, [{ ...batch, endsAt: new Date().toISOString() }])
  await vi.waitFor(is('resolved'), { timeout: 30_000, interval: 200 })
})

it('a target of a real Prometheus dies and comes back: so does its alert', async () => {
  const target = await startHttpTarget({ body: 'price_age_seconds 1\n' })
  try {
    await startPrometheus(target.url, await connected())
    const { hostname } = new URL(target.url)
    const is = (status: string) => async () =>
      expect(await alerts()).toEqual([
        { title: 'pricing does not answer', status, severity: 'critical', host: hostname },
      ])
    await target.kill()
    await vi.waitFor(is('firing'), { timeout: 40_000, interval: 200 })
    await target.revive()
    await vi.waitFor(is('resolved'), { timeout: 40_000, interval: 200 })
  } finally {
    await target.close()
  }
})
