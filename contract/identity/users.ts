import { z } from 'zod'
import { email, id, instant, line, pageOf, pageQuery, route, zone } from '../base.ts'
import { roles } from '../permissions.ts'

export const role = z.enum(roles, 'must be requester, stakeholder, responder, lead or admin')
export const teamRole = z.enum(['responder', 'lead'], 'must be responder or lead')
export type TeamRole = z.output<typeof teamRole>

export const userState = z
  .enum(['active', 'invited', 'disabled'], 'must be active, invited or disabled')
  .meta({ description: 'invited: has set no password yet' })
export type UserState = z.output<typeof userState>

export const membership = z.object({ id, name: z.string(), role: teamRole })

export const user = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role,
  zone: z.string(),
  state: userState,
  teams: z.array(membership),
  secondFactor: z.boolean().meta({ description: 'An app is asked for a code after the password' }),
  createdAt: instant,
  version: z.number(),
})

/** Mail addresses are kept in small letters: the same person must not be two. */
export const userEmail = z
  .string('must be a mail address')
  .trim()
  .transform((e) => e.toLowerCase())
  .pipe(email)

export const personName = line(120)

export const signInLink = z.object({
  link: z.string().meta({ description: 'Shown this once; with it the person sets a password' }),
  purpose: z.enum(['invitation', 'reset']),
  expiresAt: instant,
})

export const listUsersInput = pageQuery.extend({
  search: line(100).optional().meta({ description: 'Part of the name or the mail address' }),
  role: role.optional(),
  state: userState.optional(),
  team: id.optional(),
})
export const createUserInput = z.object({
  name: personName,
  email: userEmail,
  role: role.default('responder'),
  zone: zone.optional(),
})
export const changeUserInput = z.object({
  id,
  name: personName.optional(),
  role: role.optional(),
  zone: zone.optional(),
})
export const userId = z.object({ id })

const tags = ['identity']
export const users = {
  list: route
    .route({ method: 'GET', path: '/users', summary: 'People, by name', tags })
    .input(listUsersInput)
    .output(pageOf(user)),
  read: route.route({ method: 'GET', path: '/users/{id}', summary: 'A person', tags }).input(userId).output(user),
  create: route
    .route({ method: 'POST', path: '/users', summary: 'Invite a person', tags, successStatus: 201 })
    .input(createUserInput)
    .output(user.extend({ invitation: signInLink })),
  change: route
    .route({ method: 'PATCH', path: '/users/{id}', summary: 'Change a name, role or time zone', tags })
    .input(changeUserInput)
    .output(user),
  disable: route
    .route({ method: 'POST', path: '/users/{id}/disablement', summary: 'End all sessions and allow no new one', tags })
    .input(userId)
    .output(user),
  enable: route
    .route({ method: 'DELETE', path: '/users/{id}/disablement', summary: 'Let the person sign in again', tags })
    .input(userId)
    .output(user),
  signOut: route
    .route({ method: 'DELETE', path: '/users/{id}/sessions', summary: 'Sign a person out everywhere', tags })
    .input(userId)
    .output(z.object({ ended: z.number().int().meta({ description: 'How many sessions there were' }) })),
  sendLink: route
    .route({
      method: 'POST',
      path: '/users/{id}/sign-in-link',
      summary: 'A one-time link with which the person sets a password',
      tags,
      successStatus: 201,
    })
    .input(userId)
    .output(signInLink),
  removeSecondFactor: route
    .route({
      method: 'DELETE',
      path: '/users/{id}/second-factor',
      summary: 'For who lost the device: ask for no code any more',
      tags,
    })
    .input(userId)
    .output(user),
}
