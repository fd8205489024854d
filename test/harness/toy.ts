import { z } from 'zod'
import { route } from '../../contract/base.ts'
import type { Actor } from '../../server/platform/access.ts'
import { plusMinutes } from '../../server/platform/clock.ts'
import { effect } from '../../server/platform/effect.ts'
import { AppError } from '../../server/platform/errors.ts'
import { eventInput, eventType, ref } from '../../server/platform/events.ts'
import type { Plan } from '../../server/platform/house.ts'
import { handlers } from '../../server/platform/http/handlers.ts'
import { act, read } from '../../server/platform/http/request.ts'
import { query } from '../../server/platform/query.ts'
import { verb } from '../../server/platform/verb.ts'

/** A feature just large enough to try the platform with: numbered jars that are filled, in the settings table. */

export const filled = eventType(
  'jar.filled',
  z.object({ jar: z.string(), count: z.number() }),
  (d, who) => `${who} filled jar ${d.jar} to ${d.count}.`,
)
export const noticed = eventType('jar.noticed', z.object({ jar: z.string() }), (d) => `Jar ${d.jar} was noticed.`)

const jarInput = z.object({
  jar: z.string(),
  by: z.coerce.number().default(1),
  audience: z.enum(['internal', 'requester', 'public']).default('internal'),
  owner: z.string().optional(),
})

export const fillJar = verb('jar.fill', {
  permission: 'ticket.work',
  input: jarInput,
  async run(ctx, input) {
    const row = await ctx.db
      .insertInto('settings')
      .values({ name: `jar:${input.jar}`, value: JSON.stringify(input.by), updated_at: ctx.now() })
      .onConflict((c) =>
        c
          .column('name')
          .doUpdateSet((eb) => ({ value: eb.ref('excluded.value'), updated_at: eb.ref('excluded.updated_at') })),
      )
      .returning('value')
      .executeTakeFirstOrThrow()
    const owner = input.owner ? ref('user', input.owner) : null
    ctx.record(filled, {
      subject: ref('jar', input.jar),
      about: [owner],
      audience: input.audience,
      data: { jar: input.jar, count: Number(row.value) },
    })
    return { jar: input.jar, count: Number(row.value), version: Number(row.value) }
  },
})

/** Forgets to record: the platform must refuse it. */
export const forgetful = verb('jar.forget', {
  permission: 'ticket.work',
  input: z.object({ jar: z.string() }),
  async run(ctx, input) {
    await ctx.db
      .insertInto('settings')
      .values({ name: `jar:${input.jar}`, value: '0', updated_at: ctx.now() })
      .execute()
  },
})

/** Forgets its row scope. */
export const careless = verb('jar.careless', {
  permission: 'me.write',
  input: z.object({ jar: z.string() }),
  async run(ctx, input) {
    ctx.record(filled, { subject: ref('jar', input.jar), data: { jar: input.jar, count: 0 } })
  },
})

const notice = verb('jar.notice', {
  permission: 'system',
  input: eventInput(filled),
  async run(ctx, event) {
    await ctx.db
      .insertInto('settings')
      .values({ name: `noticed:${event.id}`, value: '1', updated_at: ctx.now() })
      .onConflict((c) => c.column('name').doNothing())
      .execute()
    ctx.record(noticed, { subject: event.subject, data: { jar: event.data.jar } })
  },
})

/** Each step leaves the next, five minutes later. */
export const step = verb('jar.step', {
  permission: 'system',
  input: z.object({ n: z.number(), of: z.number() }),
  async run(ctx, { n, of }) {
    ctx.record(filled, { subject: ref('jar', 'steps'), data: { jar: `step ${n} at ${ctx.now()}`, count: n } })
    if (n < of) ctx.due({ key: 'jar:step', at: plusMinutes(ctx.now(), 5), run: step, input: { n: n + 1, of } })
  },
})

/** Waits outside for as long as it may. */
export const waits = effect('jar.wait', {
  input: z.object({}),
  begin: async () => ({}),
  perform: (_, { signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true })),
  settle: async () => undefined,
})

export const getJar = query('jar.get', {
  permission: 'ticket.read',
  input: z.object({ jar: z.string() }),
  async run(ctx, { jar }) {
    if (ctx.scope.rows !== 'all') throw new AppError('not_found', 'There is no such jar for you.')
    const row = await ctx.db.selectFrom('settings').select('value').where('name', '=', `jar:${jar}`).executeTakeFirst()
    if (!row) throw new AppError('not_found', `There is no jar ${jar}.`)
    return { jar, count: Number(row.value), version: Number(row.value) }
  },
})

const answer = z.object({ jar: z.string(), count: z.number(), version: z.number() })
const contract = {
  fill: route.route({ method: 'POST', path: '/jars/{jar}/filling' }).input(jarInput).output(answer),
  get: route
    .route({ method: 'GET', path: '/jars/{jar}' })
    .input(z.object({ jar: z.string() }))
    .output(answer),
}
export const responder: Actor & { kind: 'user' } = {
  kind: 'user',
  id: '0198c1f0-0000-7000-8000-000000000001',
  name: 'Priya N.',
  role: 'responder',
  teams: [],
}
export const requester: Actor & { kind: 'user' } = {
  kind: 'user',
  id: '0198c1f0-0000-7000-8000-000000000002',
  name: 'M. Laurent',
  role: 'requester',
  teams: [],
}

const actors: Record<string, Actor> = { responder, requester }

export const toy: Plan = {
  features: [
    {
      name: 'jars',
      verbs: [fillJar, forgetful, careless, step],
      effects: [waits],
      events: [filled, noticed],
      reactions: [{ event: filled, verb: notice }],
    },
  ],
  router: handlers(contract, { fill: act(fillJar), get: read(getJar) }),
  // The bearer names the actor: sign-in is not what is tried here.
  authenticate: () => async (request) =>
    actors[request.headers.authorization?.replace('Bearer ', '') ?? ''] ?? { kind: 'nobody' },
}
