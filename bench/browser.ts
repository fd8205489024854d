import type { Browser, BrowserContext } from 'playwright-core'
import { type ServerProcess, startServer } from '../test/harness/process.ts'

export const email = 'marta@harbour-bank.example'
const password = 'correct horse battery staple'

/** The program with its pages, and an administrator who can sign in. */
export const startForBrowser = async (database: string): Promise<ServerProcess> => {
  const server = await startServer({
    DATABASE_URL: database,
    LOG_LEVEL: 'error',
    ADMIN_EMAIL: email,
    ADMIN_PASSWORD: password,
    WEB_DIST: process.env.WEB_DIST ?? '',
  })
  await server.ready()
  return server
}

/** A window that has never been here, in which the administrator is signed in. */
export const signedIn = async (browser: Browser, url: string): Promise<BrowserContext> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: url })
  await context.request.post('/api/auth/sign-in/email', { data: { email, password }, headers: { origin: url } })
  return context
}
