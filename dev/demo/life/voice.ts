import { openByHand } from '../../../server/features/desk/open.ts'
import { submitRequest } from '../../../server/features/requests/submit.ts'
import type { Actor } from '../../../server/platform/access.ts'
import type { House } from '../../../server/platform/house.ts'
import { execute } from '../../../server/platform/verb.ts'
import type { Company } from '../company.ts'

type Given = { house: House; company: Company; origin: string }

/** How the people and the tools of the firm speak to the house: as anybody does, from outside. */
export const createVoice = ({ house, company, origin }: Given) => {
  const post = async (path: string, body: unknown, key?: string): Promise<void> => {
    const answer = await fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    })
    if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`)
  }
  const asker = async (who: string): Promise<Actor> => {
    const id = company.people[who] as string
    const { name } = await house.platform.db
      .selectFrom('users')
      .select('name')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return { kind: 'user', id, name, role: 'requester', teams: [] }
  }
  return {
    /** As Prometheus tells Alertmanager, and that tells us. */
    alertmanager: (
      alert: { name: string; labels: Record<string, string>; summary: string; since: string },
      isOver: boolean,
    ) =>
      post(
        '/intake/alertmanager',
        {
          version: '4',
          status: isOver ? 'resolved' : 'firing',
          alerts: [
            {
              status: isOver ? 'resolved' : 'firing',
              labels: { alertname: alert.name, ...alert.labels },
              annotations: { summary: alert.summary },
              startsAt: alert.since,
              ...(isOver ? { endsAt: house.platform.clock.now().toString() } : {}),
            },
          ],
        },
        company.keys.prometheus,
      ),
    pagerduty: (key: string, summary: string, details: Record<string, string>, isOver: boolean) =>
      post('/v2/enqueue', {
        routing_key: company.keys['grid-watch'],
        dedup_key: key,
        event_action: isOver ? 'resolve' : 'trigger',
        payload: { summary, source: 'grid-head-01', severity: 'error', custom_details: details },
      }),
    signals: (signals: object[]) => post('/intake/generic', { signals }, company.keys['disk-watch']),
    /** A ping of a job, as `watchfloor run` sends it. */
    async ping(jobId: string, what: string, rid: string, host: string, output?: string): Promise<void> {
      const query = new URLSearchParams({ rid, host })
      const answer = await fetch(`${origin}/ping/${jobId}${what}?${query}`, {
        method: 'POST',
        ...(output === undefined ? {} : { body: output }),
        signal: AbortSignal.timeout(10_000),
      })
      if (!answer.ok) throw new Error(`A ping was answered with ${answer.status}.`)
    },
    /** Somebody of a desk reports something in the portal. */
    async report(who: string, service: string, title: string, description: string): Promise<void> {
      const serviceId = company.services.get(service) as string
      await execute(house.platform, openByHand, { actor: await asker(who), input: { title, description, serviceId } })
    },
    async request(who: string, typeId: string, answers: Record<string, unknown>): Promise<void> {
      await execute(house.platform, submitRequest, { actor: await asker(who), input: { typeId, answers } as never })
    },
  }
}
export type Voice = ReturnType<typeof createVoice>
