import { sql } from 'kysely'
import { z } from 'zod'
import {
  listSilencesInput,
  previewMaintenanceInput,
  previewSilenceInput,
  silenceIdInput,
} from '../../../contract/alerts/silence.ts'
import type { ReadContext } from '../../platform/context.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { query } from '../../platform/query.ts'
import { selectAlerts } from './alert-view.ts'
import { openHoldables } from './holdable.ts'
import { type Holdable, silenceCovers, windowCovers } from './holds.ts'
import { selectWindows, showWindow } from './maintenance-rows.ts'
import { selectSilences, showSilence } from './silence-rows.ts'

type Listing = z.output<typeof listSilencesInput>

/** Conditions, order and limit of a list by time of making; `t` is the table's short name. */
const newestFirst = (t: 's' | 'm', { view, cursor, limit }: Listing) => {
  const [made, id, ended] = [sql.ref(`${t}.created_at`), sql.ref(`${t}.id`), sql.ref(`${t}.ended_at`)]
  const after = cursor ? readCursor(cursor, z.tuple([z.string(), z.uuid()])) : null
  return sql`where true ${view === 'open' ? sql`and ${ended} is null` : sql``}
    ${after ? sql`and (${made}, ${id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by ${made} desc, ${id} desc limit ${limit + 1}`
}

export const listSilences = query('silence.list', {
  permission: 'alert.read',
  input: listSilencesInput,
  async run(ctx, input) {
    return toPage(await selectSilences(ctx.db, newestFirst('s', input)), input.limit, (s) => [s.createdAt, s.id])
  },
})

export const getSilence = query('silence.get', {
  permission: 'alert.read',
  input: silenceIdInput,
  run: (ctx, { id }) => showSilence(ctx.db, id),
})

export const listMaintenance = query('maintenance.list', {
  permission: 'alert.read',
  input: listSilencesInput,
  async run(ctx, input) {
    const rows = await selectWindows(ctx.db, ctx.now(), newestFirst('m', input))
    return toPage(rows, input.limit, (m) => [m.createdAt, m.id])
  },
})

export const getMaintenance = query('maintenance.get', {
  permission: 'alert.read',
  input: silenceIdInput,
  run: (ctx, { id }) => showWindow(ctx.db, id, ctx.now()),
})

const PAGE = 2_000
const MOST_LOOKED_AT = 20_000
const MOST_COUNTED = 1_001
const SHOWN = 20

/** Which open alerts something would cover: up to 1,001 are counted, and the newest 20 shown. */
const preview = async (ctx: ReadContext, covers: (a: Holdable) => boolean) => {
  const found: string[] = []
  let after: string | null = null
  for (let looked = 0; looked < MOST_LOOKED_AT && found.length < MOST_COUNTED; looked += PAGE) {
    const page = await openHoldables(ctx.db, { after, limit: PAGE })
    found.push(...page.filter(covers).map((a) => a.id))
    after = page.at(-1)?.id ?? null
    if (page.length < PAGE) break
  }
  const shown = found.slice(0, MOST_COUNTED)
  const items = await selectAlerts(
    ctx.db,
    sql`where a.id = any(${shown}::uuid[]) order by a.started_at desc, a.id desc limit ${SHOWN}`,
  )
  return { count: shown.length, items }
}

export const previewSilence = query('silence.preview', {
  permission: 'alert.read',
  input: previewSilenceInput,
  run: (ctx, { matchers, teamId }) => preview(ctx, (a) => silenceCovers({ matchers, team_id: teamId ?? null }, a)),
})

export const previewMaintenance = query('maintenance.preview', {
  permission: 'alert.read',
  input: previewMaintenanceInput,
  run: (ctx, m) =>
    preview(ctx, (a) =>
      windowCovers(
        { service_ids: m.serviceIds, hosts: m.hosts, environments: m.environments, team_id: m.teamId ?? null },
        a,
      ),
    ),
})
