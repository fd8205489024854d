import { connect } from 'node:net'
import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SmtpSink, startSmtpSink } from './smtp-sink.ts'

let sink: SmtpSink
beforeEach(async () => {
  sink = await startSmtpSink()
})
afterEach(() => sink.stop())

const send = (to: string, subject = 'Hello', url = sink.url) =>
  createTransport({ url, connectionTimeout: 1000, greetingTimeout: 300 }).sendMail({
    from: 'a@x.example',
    to,
    subject,
    text: 'text of it',
    html: '<p>html of it</p>',
    headers: { 'X-Long': 'word '.repeat(40).trim() },
  })

describe('the SMTP sink', () => {
  test('keeps what it was sent, parsed', async () => {
    await send('ana@example.com, bo@example.com')
    const got = await sink.expectMail({ to: 'bo@example.com', from: 'a@x.example', subject: /hello/i, text: /text of/ })
    expect(got).toMatchObject({
      to: ['ana@example.com', 'bo@example.com'],
      text: 'text of it',
      html: '<p>html of it</p>',
    })
    expect(got.header('x-long')).toBe('word '.repeat(40).trim())
    expect(got.raw).toContain('Subject: Hello')
    expect(sink.messages()).toHaveLength(1)
    sink.expectNothingElse()
  })

  test('waits for a mail that is still to come', async () => {
    const waiting = sink.expectMail({ subject: 'Later' })
    await send('ana@example.com', 'Later')
    expect((await waiting).to).toEqual(['ana@example.com'])
  })

  test('fails on a mail that nobody expected, and names it', async () => {
    await send('eve@example.com', 'Surprise')
    await expect(sink.expectMail({ to: 'ana@example.com' }, 20)).rejects.toThrow('to eve@example.com: Surprise')
    expect(() => sink.expectNothingElse()).toThrow('Not expected, 1 mail:\n  - to eve@example.com: Surprise')
    expect(sink.unexpected()).toHaveLength(1)
  })

  test('refuses one recipient and takes the other', async () => {
    await sink.behave({ refuse: { 'bo@example.com': '550 5.1.1 No such user' } })
    await expect(send('bo@example.com')).rejects.toMatchObject({ response: '550 5.1.1 No such user' })
    await send('ana@example.com')
    expect(sink.messages().map((m) => m.to)).toEqual([['ana@example.com']])
  })

  test('fails for a while', async () => {
    await sink.behave({ tempfail: 2 })
    for (const _ of [1, 2]) await expect(send('ana@example.com')).rejects.toMatchObject({ responseCode: 451 })
    await send('ana@example.com')
  })

  test('dies and comes back at the same port', async () => {
    const open = connect(sink.port, '127.0.0.1')
    await new Promise((resolve) => open.once('data', resolve))
    const cut = new Promise((resolve) => open.once('close', resolve))
    await sink.behave({ down: true })
    await cut
    await expect(send('ana@example.com')).rejects.toMatchObject({ code: 'ESOCKET' })
    await sink.behave({})
    await send('ana@example.com')
    expect(sink.messages()).toHaveLength(1)
  })

  test('greets for ever', async () => {
    await sink.behave({ slowByte: true })
    await expect(send('ana@example.com')).rejects.toMatchObject({ code: 'ETIMEDOUT' })
  })

  test('keeps a mail and cuts the line', async () => {
    await sink.behave({ dropAfterData: true })
    await expect(send('ana@example.com')).rejects.toMatchObject({ code: 'ECONNECTION' })
    await sink.expectMail({ to: 'ana@example.com' })
  })

  test('answers late', async () => {
    await sink.behave({ delayMs: 150 })
    const start = performance.now()
    await send('ana@example.com')
    expect(performance.now() - start).toBeGreaterThanOrEqual(150)
  })

  test('asks for a sign-in when told to', async () => {
    const guarded = await startSmtpSink({ auth: { user: 'u', pass: 'p@ss' } })
    await send('ana@example.com', 'Hello', guarded.url)
    const without = `smtp://127.0.0.1:${guarded.port}`
    await expect(send('ana@example.com', 'Hello', without)).rejects.toMatchObject({ responseCode: 530 })
    await guarded.stop()
  })
})
