import { once } from 'node:events'
import { createServer } from 'node:http'
import { type Clock, systemClock } from '../../../server/platform/clock.ts'
import { answer } from './answer.ts'
import { startSmtp } from './smtp.ts'
import { createMailStore } from './store.ts'

/** A mail server that keeps what it is sent, when by the clock of the firm, and a page that shows it. Nothing goes outside. */
export const startMailbox = async ({ port, clock = systemClock() }: { port: number; clock?: Pick<Clock, 'now'> }) => {
  const store = createMailStore()
  const page = createServer((request, response) => answer(store, request, response))
  page.listen(port, '127.0.0.1')
  await once(page, 'listening')
  const smtp = await startSmtp(store.add, clock.now)
  const found = page.address()
  return {
    smtpUrl: smtp.url,
    url: `http://127.0.0.1:${typeof found === 'object' && found ? found.port : port}`,
    store,
    async stop() {
      await smtp.stop()
      page.closeAllConnections()
      await new Promise((resolve) => page.close(resolve))
    },
  }
}
export type Mailbox = Awaited<ReturnType<typeof startMailbox>>
