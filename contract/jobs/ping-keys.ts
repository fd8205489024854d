import { z } from 'zod'
import { done, id, instant, route } from '../base.ts'

/** Keys of a team in place of a project of healthchecks: for pings by slug, and for its API. */

export const pingKeyKinds = ['ping', 'write', 'read'] as const
export type PingKeyKind = (typeof pingKeyKinds)[number]
const kind = z.enum(pingKeyKinds, 'must be ping, write or read')

const hinted = z
  .object({ hint: z.string().meta({ description: 'The last four characters' }) })
  .nullable()
  .meta({ description: 'null: there is none' })

export const pingKeys = z.object({
  team: z.object({ id, name: z.string() }),
  ping: z.string().nullable().meta({ description: 'Stands in the address of pings by slug' }),
  pingUrl: z.string().meta({ description: 'Where pings go, without the key' }),
  write: hinted,
  read: hinted,
  changedAt: instant.nullable(),
})

export const ofTeam = z.object({ teamId: id })
export const makePingKeyInput = ofTeam.extend({
  kind,
  key: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, 'must be of letters, digits, - and _')
    .optional()
    .meta({
      description:
        'To take over the key of a project of healthchecks, so that its senders need another host name and nothing else: 22 characters for pings, 32 for its API. By chance unless told',
    }),
})
export const endPingKeyInput = ofTeam.extend({ kind })

const tags = ['jobs']
export const pingKeyRoutes = {
  pingKeys: route
    .route({ method: 'GET', path: '/teams/{teamId}/ping-keys', summary: 'The ping keys of a team', tags })
    .input(ofTeam)
    .output(pingKeys),
  makePingKey: route
    .route({
      method: 'PUT',
      path: '/teams/{teamId}/ping-keys/{kind}',
      summary: 'Make a ping key of a team, or another in its place',
      tags,
    })
    .input(makePingKeyInput)
    .output(pingKeys.extend({ key: z.string().meta({ description: 'Those of the API are shown this once' }) })),
  endPingKey: route
    .route({
      method: 'DELETE',
      path: '/teams/{teamId}/ping-keys/{kind}',
      summary: 'End a ping key of a team, within three seconds',
      tags,
    })
    .input(endPingKeyInput)
    .output(done),
}
