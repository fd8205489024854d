import { setTimeout as pause } from 'node:timers/promises'
import type { ServerProcess } from '../harness/process.ts'

/** Opens incidents that page the administrator, by two processes in turn. `accepted`: the numbers that were answered. */
export const pagesOf = async (...servers: [ServerProcess, ServerProcess]) => {
  const [server] = servers
  const post = async (path: string, body: object) => {
    const { status, body: made } = await server.api('POST', path, body)
    if (status !== 201) throw new Error(`POST ${path}: ${status} ${JSON.stringify(made)}`)
    return made as { id: string }
  }
  const people = await server.api('GET', '/users')
  const [me] = (people.body as { items: { id: string }[] }).items
  const { id: teamId } = await post('/teams', { name: 'L2', kind: 'l2' })
  const steps = [{ delayMinutes: 0, targets: [{ kind: 'user', id: me?.id }] }]
  await post('/escalation-policies', { name: 'Markets', slug: 'markets', teamId, steps })
  const accepted: string[] = []
  const ask = async (of: ServerProcess, n: number) => {
    const body = { kind: 'incident', title: `Outage ${n}`, impact: 'high', urgency: 'high', teamId, page: true }
    const answer = await of.api('POST', '/tickets', body).catch(() => null)
    if (answer?.status === 201) accepted.push((answer.body as { ticket: { number: string } }).ticket.number)
  }
  return {
    accepted,
    keepAsking(everyMs: number) {
      let over = false
      const asking = (async () => {
        for (let n = 0; !over; n++) {
          await ask(servers[n % 2] ?? server, n)
          await pause(everyMs)
        }
      })()
      return async () => {
        over = true
        await asking
      }
    },
  }
}
