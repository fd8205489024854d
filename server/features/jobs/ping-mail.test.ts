import { fileURLToPath } from 'node:url'
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testAuthority } from '../../../checks/testing/servers.ts'
import { type MonitorHouse, monitorHouse } from '../../../test/harness/monitors.ts'
import { freePort } from '../../../test/harness/process.ts'
import { readConfig } from '../../platform/config.ts'
import { startPingMail } from './ping-mail.ts'
import { readTls } from './ping-mail-tls.ts'

/** Pings by mail, over a real connection. */

let house: MonitorHouse
let port: number
let key: string
beforeAll(async () => {
  port = await freePort()
  house = await monitorHouse({ env: { PING_SMTP_PORT: String(port), HOST: '127.0.0.1' } })
  key = (await house.api(house.responder, 'PUT', `/teams/${house.teamId}/ping-keys/ping`, {})).body.key
})
afterAll(() => house.close())

let count = 0
const make = async (more: object = {}) => {
  const schedule = { kind: 'period', seconds: 3600 }
  const body = { name: `Mailer ${++count}`, slug: `mailer-${count}`, serviceId: house.orders, schedule, ...more }
  const made = await house.api(house.responder, 'POST', '/jobs', body)
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  return made.body as { id: string; slug: string }
}
const send = async (to: string[], subject: string, text: string): Promise<string> => {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true })
  try {
    return (await transport.sendMail({ from: 'backup@bank.example', to, subject, text })).response
  } catch (error) {
    return (error as Error).message
  } finally {
    transport.close()
  }
}
const pings = async (id: string) =>
  (
    await house.platform.db
      .selectFrom('pings')
      .select(['kind', 'scheme', 'output', 'user_agent'])
      .where('job_id', '=', id)
      .orderBy('at')
      .orderBy('id')
      .execute()
  ).map((p) => ({ ...p, output: p.output ?? '' }))

it('to the id, and to key and slug, of several jobs at once; the whole mail is kept', async () => {
  const [a, b] = [await make(), await make()]
  expect(
    await send([`${a.id}@watch.example`, `${key}+${b.slug}@watch.example`], 'Backup of ledger', 'All went well'),
  ).toMatch(/^250 /)
  for (const { id } of [a, b]) {
    const [ping, more] = await pings(id)
    expect(more).toBeUndefined()
    expect(ping).toMatchObject({ kind: 'success', scheme: 'email', user_agent: 'Email from backup@bank.example' })
    expect(ping?.output).toMatch(/Subject: Backup of ledger[\s\S]*All went well/)
  }
})

it('to nobody is refused', async () => {
  for (const to of [
    '00000000-0000-4000-8000-000000000000@watch.example',
    'nobody@watch.example',
    `${key}+unknown@watch.example`,
    `${'x'.repeat(22)}+${(await make()).slug}@watch.example`,
  ])
    expect(await send([to], 'x', 'y'), to).toMatch(/550 5\.1\.1/)
})

it.each([
  ['the subject', { subject: true }, 'Backup FAILED', 'DONE', 'fail'],
  ['the subject, though the text says otherwise', { subject: true }, 'Backup DONE', 'FAILED', 'success'],
  ['the text', { body: true }, 'Backup', 'It has DONE its work', 'success'],
  ['neither', { body: true }, 'DONE', 'nothing said', 'ignored'],
])('means what the words in %s say', async (_, looks, subject, text, kind) => {
  const { id } = await make({ filters: { success: 'DONE', failure: 'FAILED', ...looks } })
  expect(await send([`${id}@watch.example`], subject, text)).toMatch(/^250 /)
  expect((await pings(id)).map((p) => p.kind)).toEqual([kind])
})

it('is put off while the database is away, so that its sender tries again', async () => {
  const { id } = await make()
  const { db } = house.platform
  const broken = Object.create(house.platform, {
    db: {
      value: new Proxy(db, {
        get: () => () => {
          throw new Error('connection refused')
        },
      }),
    },
    config: { value: { ...house.platform.config, PING_SMTP_PORT: await freePort() } },
  })
  const other = await startPingMail(broken)
  const before = port
  port = broken.config.PING_SMTP_PORT
  expect(await send([`${id}@watch.example`], 'x', 'y')).toMatch(/451 4\.3\.0/)
  port = before
  await other.stop()
})

it('no more often than its job may be pinged; whoever sends is asked to come again', async () => {
  const { id } = await make({ pingsPerSecond: 1 })
  const other = await make()
  const to = `${id}@watch.example`
  // The limit is learnt from the first.
  expect(await send([to], 'One', 'one')).toMatch(/^250 /)
  const answers = await Promise.all(['two', 'three', 'four'].map((text) => send([to], text, text)))
  expect(
    answers.filter((one) => /450 4\.7\.1 This job takes at most 1 ping a second/.test(one)).length,
  ).toBeGreaterThan(0)
  expect(await pings(id)).toHaveLength(1 + answers.filter((one) => one.startsWith('250 ')).length)
  expect(await send([`${other.id}@watch.example`], 'Another', 'job')).toMatch(/^250 /)
})

it('by STARTTLS where there is a certificate, and a start that names the file where it cannot be used', async () => {
  const pem = (name: string) =>
    fileURLToPath(new URL(`../../../checks/testing/certificates/${name}.pem`, import.meta.url))
  const config = { ...house.platform.config, PING_SMTP_TLS_KEY: pem('key'), PING_SMTP_TLS_CERT: pem('good') }
  const of = (more: object) => ({ ...house.platform, config: { ...config, ...more } })
  const secured = await freePort()
  const running = await startPingMail(of({ PING_SMTP_PORT: secured }))
  const { id } = await make()
  const transport = createTransport({
    host: '127.0.0.1',
    port: secured,
    requireTLS: true,
    tls: { ca: testAuthority(), servername: 'localhost' },
  })
  const sent = await transport.sendMail({ from: 'a@bank.example', to: `${id}@watch.example`, subject: 'x', text: 'y' })
  expect(sent.response).toMatch(/^250 /)
  expect(await pings(id)).toHaveLength(1)
  transport.close()
  await running.stop()
  // In the clear nothing changes: without a certificate it is not offered.
  const clear = createTransport({ host: '127.0.0.1', port, requireTLS: true })
  await expect(clear.sendMail({ from: 'a@b.example', to: `${id}@watch.example`, text: 'y' })).rejects.toThrow(
    /STARTTLS/,
  )
  clear.close()
  expect(() => readTls(of({ PING_SMTP_TLS_KEY: '/nowhere.pem' }))).toThrow(
    'PING_SMTP_TLS_KEY: /nowhere.pem cannot be read',
  )
  expect(() => readTls(of({ PING_SMTP_TLS_CERT: pem('key') }))).toThrow('do not fit together')
  expect(() => readConfig({ PING_SMTP_TLS_KEY: '/x' })).toThrow('must be set together')
})
