import { sql } from 'kysely'
import { z } from 'zod'
import { partitioned, trimmed } from '../housekeeping.ts'
import { query } from '../query.ts'

type Row = { name: string; what: string | null; bytes: number; rows: number; partitions: number }

/** What lies where and how long it stays: each table with its partitions and indexes, the largest first. */
export const showStorage = query('system.storage', {
  permission: 'system.read',
  input: z.object({}),
  async run(ctx) {
    // Rows as the planner reckons them: counting years of facts would take as long.
    const { rows } = await sql<Row>`
      select r.relname as name, obj_description(r.oid, 'pg_class') as what, t.bytes, t.rows, t.partitions
      from pg_class r cross join lateral (
        select coalesce(sum(pg_total_relation_size(p.relid)), 0)::int8 as bytes, coalesce(sum(greatest(c.reltuples, 0)), 0)::int8 as rows,
          (count(*) - 1)::int as partitions
        from pg_partition_tree(r.oid) p join pg_class c on c.oid = p.relid where r.relkind = 'p'
        union all
        select pg_total_relation_size(r.oid), greatest(r.reltuples, 0)::int8, 0 where r.relkind = 'r'
      ) t
      where r.relnamespace = 'public'::regnamespace and r.relkind in ('r', 'p') and not r.relispartition
        and (r.relkind = 'p' or t.bytes is not null) and t.bytes > 0
      order by t.bytes desc, r.relname`.execute(ctx.db)
    const kept = new Map<string, number | null>([
      ...Object.entries(trimmed),
      ...partitioned.map((p) => [p.table, p.keepDays] as const),
    ])
    const size = await sql<{ bytes: number }>`select pg_database_size(current_database())::int8 as bytes`.execute(
      ctx.db,
    )
    return {
      bytes: size.rows[0]?.bytes ?? 0,
      tables: rows.map((r) => ({ ...r, what: r.what ?? '', keepDays: kept.get(r.name) ?? null })),
    }
  },
})
