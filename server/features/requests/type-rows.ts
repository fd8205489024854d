import type { RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { ApprovalStage, ChecklistItem, RequestForm, RequestIcon } from '../../../contract/requests/index.ts'
import { userOf } from '../../platform/access.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { AppError, notFound } from '../../platform/errors.ts'
import { unitIdsOfPerson } from '../catalog/index.ts'

export type TypeRow = {
  id: string
  slug: string
  name: string
  description: string
  category: string
  icon: RequestIcon
  team_id: string
  team_name: string
  service_id: string | null
  service_name: string | null
  priority: number
  business_unit_ids: string[]
  current_version: number
  retired_at: Temporal.Instant | null
  updated_at: Temporal.Instant
  version: number
  form: RequestForm
  checklist: ChecklistItem[]
  approvals: ApprovalStage[]
}

/** Request types with the version that new requests are filled with. */
export const selectTypes = async (db: Db, where: RawBuilder<unknown>, tail = sql``): Promise<TypeRow[]> => {
  const { rows } = await sql<TypeRow>`
    select r.*, t.name as team_name, s.name as service_name, v.form, v.checklist, v.approvals
    from request_types r
    join request_type_versions v on v.type_id = r.id and v.number = r.current_version
    join teams t on t.id = r.team_id
    left join services s on s.id = r.service_id
    where ${where} order by lower(r.category), lower(r.name), r.id ${tail}`.execute(db)
  return rows
}

const isId = (given: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(given)
export const typeNamed = (given: string) => (isId(given) ? sql`r.id = ${given}::uuid` : sql`r.slug = ${given}`)

/** The business units of whoever asks; null for those who keep the catalogue, who may ask for everything. */
const unitsOfAsker = async (ctx: ReadContext): Promise<string[] | null> => {
  if (ctx.scope.internal) return null
  const userId = userOf(ctx.actor)
  return userId ? unitIdsOfPerson(ctx.db, userId) : []
}

/** Whether somebody of these business units may ask for it. */
export const isFor = (type: Pick<TypeRow, 'business_unit_ids'>, units: readonly string[] | null): boolean =>
  units === null || type.business_unit_ids.length === 0 || type.business_unit_ids.some((id) => units.includes(id))

/** What this reader may see of the catalogue. */
export const mayAsk = async (ctx: ReadContext): Promise<(type: TypeRow) => boolean> => {
  const units = await unitsOfAsker(ctx)
  return (type) => isFor(type, units)
}

/** A type that this reader may ask for, or keeps. Throws `not_found`. */
export const loadType = async (ctx: ReadContext, given: string): Promise<TypeRow> => {
  const [type] = await selectTypes(ctx.db, typeNamed(given))
  const hidden = type && ((await mayAsk(ctx))(type) === false || (type.retired_at !== null && !ctx.scope.internal))
  if (!type || hidden) throw notFound('The request type')
  return type
}

/** Takes the row of a type for an act of its team's leads. Throws `not_found`, `forbidden` and `stale`. */
export const lockType = async (ctx: Context, given: string): Promise<TypeRow> => {
  const [type] = await selectTypes(ctx.db, typeNamed(given), sql`for update of r`)
  if (!type) throw notFound('The request type')
  const { scope } = ctx
  if (scope.rows !== 'all' && !scope.teamIds.includes(type.team_id))
    throw new AppError('forbidden', `${type.name} belongs to ${type.team_name}: only its leads may change it.`)
  if (ctx.expected !== null && ctx.expected !== type.version)
    throw new AppError('stale', `${type.name} was changed since you read it. Load it again and repeat your change.`)
  return type
}
