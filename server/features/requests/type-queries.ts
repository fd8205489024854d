import { sql } from 'kysely'
import { fieldKind, listRequestTypesInput, peopleInput, requestTypeInput } from '../../../contract/requests/index.ts'
import { AppError } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { peopleCalled } from './people.ts'
import { loadType, mayAsk, selectTypes } from './type-rows.ts'
import { typeRow, typeView } from './type-view.ts'

/** What this reader may ask for; or all of it, for those who keep the catalogue. There are at most some hundred. */
export const listRequestTypes = query('request_type.list', {
  permission: 'request_type.read',
  input: listRequestTypesInput,
  async run(ctx, { view }) {
    if (view === 'all' && !ctx.scope.internal)
      throw new AppError('forbidden', 'view: all is for the support teams; choose mine.')
    const types = await selectTypes(ctx.db, view === 'all' ? sql`true` : sql`r.retired_at is null`)
    const may = await mayAsk(ctx)
    return { items: types.filter(may).map((t) => typeRow(t, ctx.scope.internal)) }
  },
})

export const readRequestType = query('request_type.read', {
  permission: 'request_type.read',
  input: requestTypeInput,
  run: async (ctx, { id }) => typeView(ctx.db, await loadType(ctx, id), ctx.scope.internal),
})

/** Names for the fields of a form that ask for people: requesters may not read the list of people otherwise. */
export const findPeopleForForm = query('request_type.people', {
  permission: 'request_type.read',
  input: peopleInput,
  async run(ctx, { id, search }) {
    const type = await loadType(ctx, id)
    const asks = Object.values(type.form.properties).some((f) => ['person', 'people'].includes(fieldKind(f) ?? ''))
    return { items: asks ? await peopleCalled(ctx.db, search) : [] }
  },
})
