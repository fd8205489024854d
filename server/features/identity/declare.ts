import { z } from 'zod'
import { email, line, slug, text, zone } from '../../../contract/base.ts'
import { teamKind } from '../../../contract/identity/teams.ts'
import { type TeamRole, teamRole } from '../../../contract/identity/users.ts'
import type { Context } from '../../platform/context.ts'
import { declare, given } from '../../platform/declare/declaration.ts'
import { invalid } from '../../platform/errors.ts'
import { changeTeam } from './change-team.ts'
import { createTeam } from './create-team.ts'
import { findUserByEmail } from './lookup.ts'
import { removeMember } from './remove-member.ts'
import { setMember } from './set-member.ts'

const schema = z.strictObject({
  slug,
  name: line(100).optional(),
  line: teamKind.optional(),
  zone: zone.optional(),
  description: text(2_000).optional(),
  members: z
    .array(z.strictObject({ user: email.toLowerCase(), role: teamRole.default('responder') }))
    .max(500)
    .overwrite((list) => list.toSorted((a, b) => (a.user < b.user ? -1 : 1)))
    .optional(),
})
type Team = z.output<typeof schema>

/** A team. Its members are people who have an account already. */
export const teamDeclaration = declare<Team>({
  kind: 'team',
  help: 'A support line or resolver group; `line` is its kind, and `members` are named by their mail addresses.',
  key: 'slug',
  schema,
  async stored({ db }) {
    const rows = await db.selectFrom('teams').selectAll().where('archived_at', 'is', null).orderBy('slug').execute()
    const members = await db
      .selectFrom('team_members as m')
      .innerJoin('users as u', 'u.id', 'm.user_id')
      .select(['m.team_id', 'm.role', 'u.email'])
      .orderBy('u.email')
      .execute()
    return rows.map((t) => ({
      id: t.id,
      item: {
        slug: t.slug,
        name: t.name,
        line: t.kind as Team['line'],
        zone: t.zone,
        description: t.description,
        members: members
          .filter((m) => m.team_id === t.id)
          .map((m) => ({ user: m.email, role: m.role as TeamRole }))
          .toSorted((a, b) => (a.user < b.user ? -1 : 1)),
      },
    }))
  },
  async write(ctx, { slug, name, line: kind, zone, description, members }, known) {
    const fields = given({ name, kind, zone, description })
    if (known) await changeTeam.run(ctx, { id: known, ...fields })
    const id =
      known ??
      (
        await createTeam.run(ctx, {
          ...fields,
          slug,
          name: name ?? slug,
          kind: kind ?? 'other',
          description: description ?? '',
        })
      ).id
    if (members) await setMembers(ctx, id, members)
  },
})

const setMembers = async (ctx: Context, id: string, members: NonNullable<Team['members']>) => {
  const wanted = new Set<string>()
  for (const [i, { user, role }] of members.entries()) {
    const found = await findUserByEmail(ctx.db, user)
    if (!found) throw invalid(`members.${i}.user`, `there is no user ${user}. Invite the person first.`)
    wanted.add(found.id)
    await setMember.run(ctx, { id, userId: found.id, role })
  }
  const there = await ctx.db.selectFrom('team_members').select('user_id').where('team_id', '=', id).execute()
  for (const { user_id } of there) if (!wanted.has(user_id)) await removeMember.run(ctx, { id, userId: user_id })
}
