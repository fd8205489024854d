import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { MailStore } from './store.ts'

const page = readFileSync(join(import.meta.dirname, 'page.html'), 'utf8')
const MOST_SHOWN = 200
/** A mail shows itself alone: no script, nothing from outside; its links open beside the mailbox. */
const mailPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"

/** `/` the page, `/mails?to=` the list, `/mails/1` one mail, `/mails/1/html` its HTML. */
export const answer = (store: MailStore, request: IncomingMessage, response: ServerResponse): void => {
  const { status, type, body, policy } = request.method === 'GET' ? find(store, request.url ?? '/') : readOnly
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(policy ? { 'content-security-policy': policy } : {}),
  })
  response.end(body)
}

type Answer = { status: number; type: string; body: string; policy?: string }
const readOnly: Answer = { status: 405, type: 'text/plain', body: 'The mailbox is only read.' }
const json = (value: unknown): Answer => ({ status: 200, type: 'application/json', body: JSON.stringify(value) })

const find = (store: MailStore, address: string): Answer => {
  const url = new URL(address, 'http://localhost')
  const [, part, id, html] = url.pathname.split('/')
  if (!part) return { status: 200, type: 'text/html', body: page }
  if (part === 'mails' && !id) return json(listed(store, url.searchParams.get('to') ?? undefined))
  const mail = part === 'mails' ? store.find(Number(id)) : undefined
  if (!mail) return { status: 404, type: 'text/plain', body: 'There is no such mail.' }
  if (html === 'html') return { status: 200, type: 'text/html', body: withBase(mail.html), policy: mailPolicy }
  const { html: body, ...rest } = mail
  return json({ ...rest, hasHtml: body.length > 0 })
}

const listed = (store: MailStore, to: string | undefined) => ({
  people: store.people(),
  mails: store
    .list(to)
    .slice(0, MOST_SHOWN)
    .map(({ text: _, html: __, ...mail }) => mail),
})

const withBase = (html: string) => `<base target="_blank">${html}`
