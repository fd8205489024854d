import { sql } from 'kysely'
import { z } from 'zod'
import { email, slug } from '../../../../contract/base.ts'
import { actsOf, createMacroInput, type MacroAct, plainMacroActs } from '../../../../contract/desk/index.ts'
import type { Context } from '../../../platform/context.ts'
import type { Db } from '../../../platform/db/pool.ts'
import { byMail, declare, given, idNamed, namedBy } from '../../../platform/declare/declaration.ts'
import { invalid } from '../../../platform/errors.ts'
import { changeMacro, createMacro } from './manage.ts'

export const ownerTeam = slug
  .nullable()
  .optional()
  .meta({ description: 'Whose it is; without it, it is for all teams' })
export const teams = namedBy('teams', 'team', 'team')

const [first, ...others] = plainMacroActs
const act = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('assign'), user: email.toLowerCase() }),
  z.strictObject({ act: z.literal('move'), team: slug }),
  first.strict(),
  ...others.map((one) => one.strict()),
])
type Act = z.output<typeof act>

const schema = z.strictObject({
  name: createMacroInput.shape.name,
  team: ownerTeam,
  acts: actsOf(act).optional(),
})
type Macro = z.output<typeof schema>

/** A macro, known by its name and the team that it is of. */
export const macroDeclaration = declare<Macro>({
  kind: 'macro',
  help: 'A list of acts on a ticket, done as one; without `team` it is for all teams.',
  key: ['name', 'team'],
  schema,
  async stored({ db }) {
    const rows = await db
      .selectFrom('macros as m')
      .leftJoin('teams as t', 't.id', 'm.team_id')
      .select(['m.id', 'm.name', 'm.acts', 't.slug as team'])
      .orderBy('m.name')
      .orderBy('m.id')
      .execute()
    const words = await wordsFor(db)
    return rows.map(({ id, name, team, acts }) => ({
      id,
      item: schema.parse({ name, team, acts: (acts as MacroAct[]).map((a) => written(a, words)) }),
    }))
  },
  async write(ctx, { name, team, acts: declared }, id) {
    const acts = declared && (await actsFor(ctx, declared))
    if (id) await changeMacro.run(ctx, given({ id, acts }))
    else if (!acts) throw invalid('acts', 'must have at least one act, such as {act: take}')
    else await createMacro.run(ctx, { name, teamId: team ? await idNamed(ctx.db, teams, team, 'team') : null, acts })
  },
})

const written = (a: MacroAct, words: ReadonlyMap<string, string>) => {
  if (a.act === 'assign') return { act: a.act, user: words.get(a.userId) }
  return a.act === 'move' ? { act: a.act, team: words.get(a.teamId) } : a
}

const actsFor = async (ctx: Context, acts: readonly Act[]): Promise<MacroAct[]> => {
  const found: MacroAct[] = []
  for (const [i, a] of acts.entries()) {
    if (a.act === 'assign') found.push({ act: a.act, userId: await idNamed(ctx.db, byMail, a.user, `acts.${i}.user`) })
    else if (a.act === 'move')
      found.push({ act: a.act, teamId: await idNamed(ctx.db, teams, a.team, `acts.${i}.team`) })
    else found.push(a)
  }
  return found
}

const wordsFor = async (db: Db): Promise<Map<string, string>> => {
  const { rows } = await sql<{ id: string; word: string }>`
    select id, slug as word from teams union all select id, email from users`.execute(db)
  return new Map(rows.map((r) => [r.id, r.word]))
}
