import { type SelectQueryBuilder, sql } from 'kysely'
import { z } from 'zod'
import { hostIdInput, listHostsInput } from '../../../contract/catalog/host.ts'
import { listServicesInput, serviceIdInput } from '../../../contract/catalog/service.ts'
import { listUnitsInput, unitIdInput } from '../../../contract/catalog/unit.ts'
import { unitPeopleInput } from '../../../contract/catalog/unit-detail.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { containing } from '../../platform/db/like.ts'
import { query } from '../../platform/query.ts'
import { servicesOfUnit } from './find.ts'
import { hostSummaries, showHost } from './show-host.ts'
import { showService, summary } from './show-service.ts'
import { selectUnits, showUnit } from './show-unit.ts'

/** One row more than a page, by name in any case; `alias` is the table that has `name` and `id`. */
const byName = <DB, TB extends keyof DB, O>(
  q: SelectQueryBuilder<DB, TB, O>,
  alias: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) => {
  const [name, id] = [sql`lower(${sql.ref(`${alias}.name`)})`, sql.ref(`${alias}.id`)]
  const after = cursor ? readCursor(cursor, z.tuple([z.string(), z.uuid()])) : null
  return q
    .select(sql<string>`${name}`.as('sort'))
    .$if(after !== null, (page) => page.where(sql<boolean>`(${name}, ${id}) > (${after?.[0]}, ${after?.[1]}::uuid)`))
    .orderBy(name)
    .orderBy(id)
    .limit(limit + 1)
}

const pageByName = <R extends { sort: string; id: string }>(rows: R[], limit: number) =>
  toPage(rows, limit, (r) => [r.sort, r.id])

export const listServices = query('service.list', {
  permission: 'service.read',
  input: listServicesInput,
  async run(ctx, input) {
    let q = ctx.db
      .selectFrom('services as s')
      .leftJoin('teams as t', 't.id', 's.owner_team_id')
      .select([
        's.id',
        's.slug',
        's.name',
        's.kind',
        's.tier',
        's.environments',
        's.owner_team_id',
        's.archived_at',
        's.version',
      ])
      .select('t.name as team_name')
    q = q.where('s.archived_at', input.archived === 'yes' ? 'is not' : 'is', null)
    if (input.kind) q = q.where('s.kind', '=', input.kind)
    if (input.tier) q = q.where('s.tier', '=', input.tier)
    if (input.team) q = q.where('s.owner_team_id', '=', input.team)
    if (input.environment) q = q.where(sql<boolean>`${input.environment} = any(s.environments)`)
    const { search } = input
    if (search)
      q = q.where((eb) => eb.or([eb('s.name', 'ilike', containing(search)), eb('s.slug', 'ilike', containing(search))]))
    const page = pageByName(await byName(q, 's', input).execute(), input.limit)
    return { items: page.items.map(summary), next: page.next }
  },
})

export const readService = query('service.read', {
  permission: 'service.read',
  input: serviceIdInput,
  run: (ctx, { id }) => showService(ctx.db, id, { now: ctx.now(), internal: ctx.scope.internal }),
})

export const listHosts = query('host.list', {
  permission: 'host.read',
  input: listHostsInput,
  async run(ctx, input) {
    let q = ctx.db
      .selectFrom('hosts as h')
      .leftJoin('teams as t', 't.id', 'h.team_id')
      .select(['h.id', 'h.name', 'h.environment', 'h.site', 'h.team_id', 'h.version', 't.name as team_name'])
    if (input.environment) q = q.where('h.environment', '=', input.environment)
    if (input.team) q = q.where('h.team_id', '=', input.team)
    const { search } = input
    if (search)
      q = q.where((eb) => eb.or([eb('h.name', 'ilike', containing(search)), eb('h.site', 'ilike', containing(search))]))
    const page = pageByName(await byName(q, 'h', input).execute(), input.limit)
    return { items: await hostSummaries(ctx.db, page.items), next: page.next }
  },
})

export const readHost = query('host.read', {
  permission: 'host.read',
  input: hostIdInput,
  run: (ctx, { id }) => showHost(ctx.db, id),
})

export const listUnits = query('unit.list', {
  permission: 'service.read',
  input: listUnitsInput,
  async run(ctx, input) {
    let q = selectUnits(ctx.db)
    const { search } = input
    if (search)
      q = q.where((eb) => eb.or([eb('u.name', 'ilike', containing(search)), eb('u.site', 'ilike', containing(search))]))
    const page = pageByName(await byName(q, 'u', input).execute(), input.limit)
    return { items: page.items.map(({ sort: _, ...unit }) => unit), next: page.next }
  },
})

export const readUnit = query('unit.read', {
  permission: 'service.read',
  input: unitIdInput,
  run: async ({ db }, { id }) => ({ ...(await showUnit(db, id)), uses: await servicesOfUnit(db, id) }),
})

export const listUnitPeople = query('unit.people', {
  permission: 'people.read',
  input: unitPeopleInput,
  async run({ db }, { id, ...input }) {
    await showUnit(db, id)
    const people = db
      .selectFrom('business_unit_people as b')
      .innerJoin('users as p', 'p.id', 'b.user_id')
      .select(['p.id', 'p.name', 'p.email'])
      .where('b.business_unit_id', '=', id)
      .where('p.disabled_at', 'is', null)
    const page = pageByName(await byName(people, 'p', input).execute(), input.limit)
    return { items: page.items.map(({ sort: _, ...person }) => person), next: page.next }
  },
})
