import { sql } from 'kysely'
import { noiseInput } from '../../../../contract/alerts/noise.ts'
import { plusSeconds } from '../../../platform/clock.ts'
import { query } from '../../../platform/query.ts'

const MOST_SOURCES = 50

type Row = { id: string; name: string; hour: number; alerts: number }

/**
 * When alerts begin, by source and hour of the day in a zone. Hours that are over come from their counts, the rest from
 * the alerts themselves. Zones that are off by half an hour see their hours begin at the half.
 */
export const showNoise = query('alert.noise', {
  permission: 'source.read',
  input: noiseInput,
  async run(ctx, { days, zone }) {
    const from = plusSeconds(ctx.now(), -days * 86_400)
    const counted = await ctx.db.selectFrom('alert_rollups').select('done_until').executeTakeFirst()
    // Counted hours are whole: the first one may begin a little before the time that was asked for.
    const fresh = counted ? counted.done_until : from
    const { rows } = await sql<Row>`
      with counts as (
        select at, source_id, alerts from alert_hours where at > ${plusSeconds(from, -3600)} and at < ${fresh}
        union all
        select started_at, source_id, 1 from alerts where started_at >= ${fresh} and started_at >= ${from}
      )
      select s.id, s.name, extract(hour from c.at at time zone ${zone})::int as hour, sum(c.alerts)::int as alerts
      from counts c join sources s on s.id = c.source_id group by 1, 2, 3`.execute(ctx.db)
    const bySource = Map.groupBy(rows, (row) => row.id)
    const sources = [...bySource.values()].map((of) => {
      const hours = Array.from({ length: 24 }, (_, hour) => of.find((row) => row.hour === hour)?.alerts ?? 0)
      const [{ id, name } = { id: '', name: '' }] = of
      return { source: { id, name }, total: hours.reduce((sum, n) => sum + n, 0), hours }
    })
    return {
      from,
      sources: sources
        .toSorted((a, b) => b.total - a.total || (a.source.name < b.source.name ? -1 : 1))
        .slice(0, MOST_SOURCES),
    }
  },
})
