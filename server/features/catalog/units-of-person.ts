import { setUnitsOfPersonInput, unitsOfPersonInput } from '../../../contract/catalog/unit.ts'
import type { Db } from '../../platform/db/pool.ts'
import { invalid, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { query } from '../../platform/query.ts'
import { verb } from '../../platform/verb.ts'
import { findUser } from '../identity/index.ts'
import { unitsOfPersonSet } from './events.ts'

/** The business units in which somebody works, for features to the right. */
export const unitsOfPerson = (db: Db, userId: string) =>
  db
    .selectFrom('business_unit_people as p')
    .innerJoin('business_units as u', 'u.id', 'p.business_unit_id')
    .select(['u.id', 'u.name'])
    .where('p.user_id', '=', userId)
    .orderBy('u.name')
    .execute()

/** Their ids. */
export const unitIdsOfPerson = async (db: Db, userId: string): Promise<string[]> =>
  (await unitsOfPerson(db, userId)).map(({ id }) => id)

export const readUnitsOfPerson = query('unit.of_person', {
  permission: 'people.read',
  input: unitsOfPersonInput,
  run: async (ctx, { userId }) => ({ items: await unitsOfPerson(ctx.db, userId) }),
})

/** Says in which business units somebody works: all of them, in place of those before. */
export const setUnitsOfPerson = verb('unit.set_of_person', {
  permission: 'people.write',
  input: setUnitsOfPersonInput,
  async run(ctx, { userId, businessUnitIds }) {
    const person = await findUser(ctx.db, userId)
    if (!person) throw notFound('The person')
    const before = await unitsOfPerson(ctx.db, userId)
    const wanted = [...new Set(businessUnitIds)]
    const known =
      wanted.length === 0
        ? []
        : await ctx.db.selectFrom('business_units').select(['id', 'name']).where('id', 'in', wanted).execute()
    const unknown = wanted.find((id) => !known.some((k) => k.id === id))
    if (unknown)
      throw invalid(
        `businessUnitIds.${businessUnitIds.indexOf(unknown)}`,
        'there is no such business unit; choose one from the list.',
      )
    if (wanted.length === before.length && before.every(({ id }) => wanted.includes(id)))
      return ctx.unchanged({ items: before })
    await ctx.db.deleteFrom('business_unit_people').where('user_id', '=', userId).execute()
    if (wanted.length > 0)
      await ctx.db
        .insertInto('business_unit_people')
        .values(wanted.map((id) => ({ business_unit_id: id, user_id: userId })))
        .execute()
    const items = await unitsOfPerson(ctx.db, userId)
    ctx.record(unitsOfPersonSet, {
      subject: ref('user', userId),
      about: wanted.map((id) => ref('unit', id)),
      data: { name: person.name, before: before.map((u) => u.name), after: items.map((u) => u.name) },
    })
    return { items }
  },
})
