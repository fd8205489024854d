import { z } from 'zod'
import { id, line, pageOf, pageQuery, route, slug, text, zone } from '../base.ts'
import { teamRole, userState } from './users.ts'

export const teamKind = z.enum(
  ['l1', 'l2', 'l3', 'dba', 'systems', 'network', 'vendor', 'other'],
  'must be l1, l2, l3, dba, systems, network, vendor or other',
)

export const teamSummary = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  kind: teamKind,
  zone: z.string(),
  archived: z.boolean(),
  members: z.number(),
  leads: z.array(z.string()).meta({ description: 'Names' }),
  version: z.number(),
})

export const team = teamSummary.omit({ members: true, leads: true }).extend({
  description: z.string(),
  members: z.array(z.object({ id, name: z.string(), email: z.string(), role: teamRole, state: userState })),
})

export const listTeamsInput = pageQuery.extend({
  search: line(100).optional().meta({ description: 'Part of the name' }),
  archived: z.enum(['no', 'yes'], 'must be no or yes').default('no'),
})
export const createTeamInput = z.object({
  name: line(100),
  slug: slug.optional().meta({ description: 'Made from the name when left away' }),
  kind: teamKind,
  zone: zone.optional(),
  description: text(2_000).default(''),
})
export const changeTeamInput = z.object({
  id,
  name: line(100).optional(),
  kind: teamKind.optional(),
  zone: zone.optional(),
  description: text(2_000).optional(),
})
export const teamId = z.object({ id })
export const setMemberInput = z.object({ id, userId: id, role: teamRole.default('responder') })
export const removeMemberInput = z.object({ id, userId: id })

const tags = ['identity']
export const teams = {
  list: route
    .route({ method: 'GET', path: '/teams', summary: 'Teams, by name', tags })
    .input(listTeamsInput)
    .output(pageOf(teamSummary)),
  read: route
    .route({ method: 'GET', path: '/teams/{id}', summary: 'A team and its members', tags })
    .input(teamId)
    .output(team),
  create: route
    .route({ method: 'POST', path: '/teams', summary: 'Add a team', tags, successStatus: 201 })
    .input(createTeamInput)
    .output(team),
  change: route
    .route({ method: 'PATCH', path: '/teams/{id}', summary: 'Change a team', tags })
    .input(changeTeamInput)
    .output(team),
  archive: route
    .route({ method: 'POST', path: '/teams/{id}/archival', summary: 'Take a team out of use; its history stays', tags })
    .input(teamId)
    .output(team),
  restore: route
    .route({ method: 'DELETE', path: '/teams/{id}/archival', summary: 'Take an archived team into use again', tags })
    .input(teamId)
    .output(team),
  setMember: route
    .route({
      method: 'PUT',
      path: '/teams/{id}/members/{userId}',
      summary: 'Put a person into a team, or change the role there',
      tags,
    })
    .input(setMemberInput)
    .output(team),
  removeMember: route
    .route({ method: 'DELETE', path: '/teams/{id}/members/{userId}', summary: 'Take a person out of a team', tags })
    .input(removeMemberInput)
    .output(team),
}
