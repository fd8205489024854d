import type pg from 'pg'
import type { Manifest } from './format.ts'

type Description = Pick<Manifest, 'migrations' | 'tables' | 'partitions' | 'sequences'>

/** What is in the database: its tables with the columns that are written, their partitions, and where sequences stand. */
export const describe = async (client: pg.ClientBase): Promise<Description> => {
  const rows = async <T>(sql: string): Promise<T[]> => (await client.query(sql)).rows as T[]
  const here = "relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')"
  return {
    migrations: await rows('select name, hash from schema_migrations order by name'),
    // Computed columns compute themselves. A transaction's number means nothing in another database: what is put back
    // takes that of the transaction which does it.
    tables: await rows(`
      select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = '' and not (a.atttypid = 'xid8'::regtype and a.atthasdef)
      where ${here} and not c.relispartition and c.relname <> 'schema_migrations' group by 1 order by 1`),
    partitions: await rows(`
      select i.inhparent::regclass::text as of, c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bound
      from pg_class c join pg_inherits i on i.inhrelid = c.oid where ${here} and c.relispartition order by 1, 2`),
    sequences: await rows(`
      select sequencename as name, last_value::float8 as last from pg_sequences
      where schemaname = current_schema() and last_value is not null order by 1`),
  }
}
