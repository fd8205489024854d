import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SmtpSink, startSmtpSink } from '../../../../test/harness/smtp-sink.ts'
import type { SendTools } from '../define-channel.ts'
import type { Message } from '../message.ts'
import { mail } from './mail.ts'

let sink: SmtpSink
beforeEach(async () => {
  sink = await startSmtpSink()
})
afterEach(async () => {
  await mail.close?.()
  await sink.stop()
})

const now = Temporal.Instant.from('2026-03-04T06:10:30Z')
const ana = { address: 'ana.ruiz@example.com' }
const page: Message = {
  id: '0198c0de-0000-7000-8000-000000000001',
  class: 'page',
  title: 'Equities order entry is down',
  lines: ['orders-01 has not answered 3 times in a row.', 'You are first on call for Equities.'],
  facts: [
    { label: 'Service', value: 'Equities order entry' },
    { label: 'Since', value: '07:10 CET' },
  ],
  links: [
    { label: 'Timeline', url: 'https://w.example/t/7' },
    { label: 'Open and acknowledge', url: 'https://w.example/ack/abc?x=1&y=2', primary: true },
  ],
  priority: 'P1',
  at: '2026-03-04T07:10:22+01:00[Europe/Zurich]',
}

const send = (message: Message = page, more: { signal?: AbortSignal; settings?: object; config?: unknown } = {}) =>
  mail.send(more.config ?? ana, message, {
    // Mail goes to the installation's own server, not through the address rules.
    net: undefined as unknown as SendTools['net'],
    now,
    signal: more.signal ?? new AbortController().signal,
    settings: { smtpUrl: sink.url, from: 'Watchfloor <ops@watchfloor.example>', ...more.settings },
  })

const port = (url: string) => new URL(url).host

describe('a page by mail', () => {
  test('arrives as text and HTML, with the server’s words as receipt', async () => {
    expect(await send()).toEqual({
      kind: 'sent',
      receipt: '250 queued as sink-1',
      detail: `${port(sink.url)} took it for ana.ruiz@example.com.`,
    })
    const got = await sink.expectMail({ to: 'ana.ruiz@example.com', subject: 'P1: Equities order entry is down' })
    expect(got.from).toBe('ops@watchfloor.example')
    expect(got.text).toContain('Open and acknowledge: https://w.example/ack/abc?x=1&y=2')
    expect(got.text).toContain('Service: Equities order entry\nSince:   07:10 CET')
    expect(got.text).toContain('Wed, 4 Mar 2026, 07:10:22 CET (Europe/Zurich)')
    expect(got.text.indexOf('Open and acknowledge')).toBeLessThan(got.text.indexOf('orders-01'))
    expect(got.html).toContain('href="https://w.example/ack/abc?x=1&amp;y=2"')
    sink.expectNothingElse()
  })

  test('is marked as urgent and as made by a machine; its date is the clock’s', async () => {
    await send()
    const got = await sink.expectMail({})
    expect(got.messageId).toBe('<0198c0de-0000-7000-8000-000000000001@watchfloor.example>')
    expect(got.header('date')).toBe('Wed, 04 Mar 2026 06:10:30 +0000')
    expect(got.header('auto-submitted')).toBe('auto-generated')
    expect(got.header('x-auto-response-suppress')).toBe('All')
    expect(got.header('importance')).toBe('High')
    expect(got.header('x-watchfloor-class')).toBe('page')
    expect(got.header('x-watchfloor-delivery')).toBe(page.id)
    expect(got.header('list-id')).toBeUndefined()
  })

  test('of P3 is not shouted', async () => {
    await send({ ...page, priority: 'P3' })
    expect((await sink.expectMail({})).header('importance')).toBeUndefined()
  })

  test('sent again has the same Message-ID and says that it may be a repeat', async () => {
    await send()
    await send({ ...page, mayRepeat: true })
    const first = await sink.expectMail({})
    const second = await sink.expectMail({ text: /may have received this message before/ })
    expect(second.messageId).toBe(first.messageId)
    expect(first.text).not.toMatch(/received this message before/)
    expect(second.header('x-watchfloor-may-repeat')).toBe('yes')
  })

  test('holds markup and line breaks as data', async () => {
    await send({
      ...page,
      title: 'x\r\nBcc: eve@example.com\r\n\r\n<script>alert(1)</script>\0',
      lines: ['<img src=x onerror=alert(1)>', '.', 'From here\0'],
      facts: [{ label: '<b>', value: '"><i>' }],
      links: [{ label: '</a><script>', url: 'https://w.example/"onclick="x', primary: true }],
    })
    const got = await sink.expectMail({})
    expect(got.to).toEqual(['ana.ruiz@example.com'])
    expect(got.header('bcc')).toBeUndefined()
    expect(got.subject).toBe('P1: x Bcc: eve@example.com <script>alert(1)</script>')
    expect(got.html).not.toMatch(/<script|<img|<b>|<i>|"onclick/)
    expect(got.html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(got.text).toContain('<img src=x onerror=alert(1)>')
    expect(got.raw).not.toContain('\0')
  })

  test('carries any writing', async () => {
    await send({ ...page, title: 'Zürich ↯ 取引所 🔥', lines: ['Ærø — ελληνικά'] })
    const got = await sink.expectMail({ subject: 'P1: Zürich ↯ 取引所 🔥' })
    expect(got.text).toContain('Ærø — ελληνικά')
  })
})

describe('a conversation by mail', () => {
  test('is threaded and not marked as a machine’s', async () => {
    const thread = { id: 'ticket-7', references: ['<a@customer.example>', 'b@watchfloor.example'] }
    await send({ ...page, class: 'conversation', title: 'Re: prices', thread })
    const got = await sink.expectMail({ subject: 'Re: prices' })
    expect(got.header('references')).toBe('<ticket-7@watchfloor.example> <a@customer.example> <b@watchfloor.example>')
    expect(got.header('in-reply-to')).toBe('<b@watchfloor.example>')
    expect(got.header('auto-submitted')).toBeUndefined()
    expect(got.header('importance')).toBeUndefined()
  })

  test('keeps a very long chain within bounds: its beginning and its end', async () => {
    const thread = { id: 'root', references: Array.from({ length: 500 }, (_, i) => `m${i}@x.example`) }
    await send({ ...page, class: 'conversation', thread })
    const references = (await sink.expectMail({})).header('references')?.split(' ') ?? []
    expect(references).toHaveLength(100)
    expect([references[0], references.at(-1)]).toEqual(['<root@watchfloor.example>', '<m499@x.example>'])
  })
})

describe('connections', () => {
  test('are kept between sends and at most five', async () => {
    await sink.behave({ delayMs: 20 })
    const outcomes = await Promise.all(Array.from({ length: 30 }, (_, i) => send({ ...page, id: `d-${i}` })))
    expect(outcomes.every((o) => o.kind === 'sent')).toBe(true)
    expect(sink.connections()).toBeLessThanOrEqual(5)
    expect(new Set(sink.messages().map((m) => m.messageId)).size).toBe(30)
  })

  test('that the server ended while idle cost nothing', async () => {
    await send()
    await sink.behave({ down: true })
    await sink.behave({})
    expect(await send()).toMatchObject({ kind: 'sent' })
    expect(sink.messages()).toHaveLength(2)
  })

  test('close on request, and open again when needed', async () => {
    await send()
    await mail.close?.()
    await expect.poll(() => sink.connections()).toBe(0)
    expect(await send()).toMatchObject({ kind: 'sent' })
  })
})

describe('when it fails', () => {
  test('an address that is refused stays refused; the next recipient is served over the same connection', async () => {
    await sink.behave({ refuse: { 'ana.ruiz@example.com': '550 5.1.1 No such user' } })
    expect(await send()).toEqual({
      kind: 'refused',
      reason: 'The mail server refuses this address: 550 5.1.1 No such user',
    })
    expect(await send(page, { config: { address: 'bo@example.com' } })).toMatchObject({ kind: 'sent' })
  })

  test('451 is tried again', async () => {
    await sink.behave({ tempfail: 1 })
    expect(await send()).toEqual({
      kind: 'retry',
      reason: 'The mail server cannot take it now: 451 4.3.0 Try again later',
    })
    expect(await send()).toMatchObject({ kind: 'sent' })
  })

  test('a server that is away, and back', async () => {
    await sink.behave({ down: true })
    expect(await send()).toEqual({
      kind: 'retry',
      reason: 'The mail server could not be reached: it does not answer at that port.',
      ours: true,
    })
    await sink.behave({})
    expect(await send()).toMatchObject({ kind: 'sent' })
  })

  test('our sender is refused: not the recipient’s fault', async () => {
    await sink.behave({ refuseSender: '553 5.1.8 Sender not allowed' })
    expect(await send()).toMatchObject({
      kind: 'retry',
      ours: true,
      reason: expect.stringContaining('MAIL_FROM'),
    })
  })

  test('a wrong password: not the recipient’s fault, and it is not shown', async () => {
    const guarded = await startSmtpSink({ auth: { user: 'watch', pass: 'right-one' } })
    const wrong = guarded.url.replace('right-one', 'wrong-one')
    const outcome = await send(page, { settings: { smtpUrl: wrong } })
    expect(outcome).toMatchObject({ kind: 'retry', ours: true, reason: expect.stringContaining('SMTP_URL') })
    expect(JSON.stringify(outcome)).not.toContain('wrong-one')
    expect(await send(page, { settings: { smtpUrl: guarded.url } })).toMatchObject({ kind: 'sent' })
    await guarded.stop()
  })

  test('the text is refused', async () => {
    await sink.behave({ refuseData: '554 5.6.0 Not this' })
    expect(await send()).toEqual({
      kind: 'refused',
      reason: 'The mail server refuses this message: 554 5.6.0 Not this',
    })
  })

  test('a server that answers a byte at a time is left at the deadline, and no other send suffers', async () => {
    const slow = await startSmtpSink()
    await slow.behave({ slowByte: true })
    const stuck = send(page, { settings: { smtpUrl: slow.url, deadlineMs: 300 } })
    expect(await send()).toMatchObject({ kind: 'sent' })
    expect(await stuck).toEqual({
      kind: 'retry',
      reason: 'The mail server was too slow: the mail was not taken within 0.3 s.',
      ours: true,
    })
    await expect.poll(() => slow.connections()).toBe(0)
    await slow.stop()
  })

  test('a server that keeps the mail but does not answer in time: it may have arrived', async () => {
    await sink.behave({ delayMs: 2000 })
    expect(await send(page, { settings: { deadlineMs: 200 } })).toMatchObject({ kind: 'retry', maybeSent: true })
  })

  test('a connection cut after the mail was taken: it may have arrived, and it was not sent twice behind our back', async () => {
    await sink.behave({ dropAfterData: true })
    expect(await send()).toEqual({
      kind: 'retry',
      reason: 'The mail server had the whole mail but did not confirm it, so it may have arrived.',
      ours: true,
      maybeSent: true,
    })
    expect(sink.messages()).toHaveLength(1)
  })

  test('an abort stops it at once', async () => {
    await sink.behave({ slowByte: true })
    const stop = new AbortController()
    const sending = send(page, { signal: stop.signal })
    setTimeout(() => stop.abort(), 50)
    const start = performance.now()
    expect(await sending).toEqual({ kind: 'retry', reason: 'The attempt was stopped before it was done.' })
    expect(performance.now() - start).toBeLessThan(1000)
  })

  test.each<[string, object, unknown, object]>([
    [
      'no mail server is set',
      { smtpUrl: undefined },
      ana,
      { kind: 'retry', ours: true, reason: expect.stringContaining('set SMTP_URL') },
    ],
    [
      'a server address that is none',
      { smtpUrl: 'http://x' },
      ana,
      { kind: 'retry', ours: true, reason: expect.stringContaining('must be an address such as smtp://') },
    ],
    [
      'a stored address that is none',
      {},
      { address: 'nobody' },
      { kind: 'refused', reason: expect.stringContaining('must be a mail address') },
    ],
  ])('%s', async (_, settings, config, expected) => {
    expect(await send(page, { settings, config })).toMatchObject(expected)
    sink.expectNothingElse()
  })
})
