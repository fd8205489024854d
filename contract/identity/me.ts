import { z } from 'zod'
import { done, id, instant, route, zone } from '../base.ts'
import { newPassword, triedPassword } from './password.ts'
import { permissionNames } from './scopes.ts'
import { signInWaysRoutes } from './sign-in-ways.ts'
import { personName, role, teamRole } from './users.ts'

export const me = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role,
  zone: z.string(),
  version: z.number(),
  teams: z.array(z.object({ id, name: z.string(), slug: z.string(), kind: z.string(), role: teamRole })),
  may: z
    .partialRecord(z.enum(permissionNames), z.enum(['own', 'team', 'all']))
    .meta({ description: 'Permission → which rows; what is not named is not allowed' }),
  internal: z.boolean().meta({ description: 'Sees internal notes and people’s contact details' }),
})

export const changeMeInput = z.object({ name: personName.optional(), zone: zone.optional() })
export const changePasswordInput = z.object({ current: triedPassword, password: newPassword })

export const mySession = z.object({
  id,
  address: z.string().meta({ description: 'From where one signed in' }),
  browser: z.string().meta({ description: 'What it says of itself (User-Agent)' }),
  startedAt: instant,
  usedAt: instant.meta({ description: 'When it was used last, to a day' }),
  endsAt: instant.meta({ description: 'When it ends unless it is used' }),
  current: z.boolean().meta({ description: 'It is the one that asks' }),
})
export const endSessionInput = z.object({
  id: z.union([id, z.literal('others')], 'must be the id of a session of yours, or others for all but this one'),
})

const tags = ['identity']
export const meRoutes = {
  read: route.route({ method: 'GET', path: '/me', summary: 'Who I am and what I may do', tags }).output(me),
  change: route
    .route({ method: 'PATCH', path: '/me', summary: 'Change my name or time zone', tags })
    .input(changeMeInput)
    .output(me),
  changePassword: route
    .route({ method: 'POST', path: '/me/password', summary: 'Change my password; every session of mine ends', tags })
    .input(changePasswordInput)
    .output(done),
  sessions: route
    .route({ method: 'GET', path: '/me/sessions', summary: 'Where I am signed in', tags })
    .output(z.object({ items: z.array(mySession) })),
  endSession: route
    .route({ method: 'DELETE', path: '/me/sessions/{id}', summary: 'End a session of mine, or all others', tags })
    .input(endSessionInput)
    .output(z.object({ ended: z.number() })),
  ...signInWaysRoutes,
}
