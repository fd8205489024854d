import { type Kysely, sql } from 'kysely'
import type { DB } from './schema.gen.ts'

type Column = { table: string; column: string; type: string; nullable: boolean; has_default: boolean }

const columnsOf = async (db: Kysely<DB>): Promise<Column[]> => {
  const { rows } = await sql<Column>`
    select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type, not a.attnotnull as nullable,
      a.atthasdef or a.attidentity <> '' as has_default
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
      and c.relname <> 'schema_migrations'
    order by c.relname, a.attnum`.execute(db)
  return rows
}

const scalar: Record<string, string> = {
  text: 'string',
  uuid: 'string',
  'character varying': 'string',
  date: 'string',
  'time without time zone': 'string',
  xid8: 'string',
  bigint: 'number',
  integer: 'number',
  smallint: 'number',
  'double precision': 'number',
  real: 'number',
  boolean: 'boolean',
  'timestamp with time zone': 'Instant',
  json: 'Json',
  jsonb: 'Json',
  bytea: 'Buffer',
  tsvector: 'string',
}

const typeOf = (type: string): string => {
  if (type.endsWith('[]')) return `${scalar[type.slice(0, -2)] ?? 'unknown'}[]`
  const found = scalar[type]
  if (!found) throw new Error(`No TypeScript type is known for the column type ${type}; add it to db/dump.ts.`)
  return found
}

const pascal = (name: string) => name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())

/** The Kysely types of the migrated database, as the text of schema.gen.ts. */
export const typesOf = async (db: Kysely<DB>): Promise<string> => {
  const columns = await columnsOf(db)
  const tables = [...new Set(columns.map((c) => c.table))]
  const line = (c: Column) => {
    const type = `${typeOf(c.type)}${c.nullable ? ' | null' : ''}`
    // Json is a column type already (and optional, being unknown); Kysely does not unwrap a column type twice.
    const plain = !c.has_default || type.startsWith('Json')
    return `  ${c.column}: ${plain ? type : `Generated<${type}>`}`
  }
  const body = tables.map(
    (t) =>
      `export type ${pascal(t)} = {\n${columns
        .filter((c) => c.table === t)
        .map(line)
        .join('\n')}\n}\n`,
  )
  return [
    '// Generated from the migrated database by dev/generate.ts. Do not edit.',
    "import type { ColumnType, Generated } from 'kysely'\n",
    'type Instant = ColumnType<Temporal.Instant, Temporal.Instant | string, Temporal.Instant | string>',
    '// Written as JSON text, read as a value.',
    'type Json = ColumnType<unknown, unknown, unknown>\n',
    ...body,
    `export type DB = {\n${tables.map((t) => `  ${t}: ${pascal(t)}`).join('\n')}\n}\n`,
  ].join('\n')
}

/** Tables, columns, keys, indexes and comments as readable lines: the schema.sql that a review shows. */
export const schemaOf = async (db: Kysely<DB>): Promise<string> => {
  const columns = await columnsOf(db)
  const { rows: constraints } = await sql<{ table: string; def: string }>`
    select c.relname as table, pg_get_constraintdef(k.oid) as def from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.connamespace = current_schema()::regnamespace and not c.relispartition and k.contype <> 'n' order by 1, 2`.execute(
    db,
  )
  const { rows: indexes } = await sql<{ table: string; def: string }>`
    select i.tablename as table, i.indexdef as def from pg_indexes i join pg_class c on c.relname = i.indexname and c.relnamespace = i.schemaname::regnamespace
    where i.schemaname = current_schema() and not c.relispartition order by 1, 2`.execute(db)
  const { rows: comments } = await sql<{ table: string; column: string | null; text: string }>`
    select c.relname as table, a.attname as column, d.description as text
    from pg_description d join pg_class c on c.oid = d.objoid left join pg_attribute a on a.attrelid = c.oid and a.attnum = d.objsubid and d.objsubid > 0
    where d.classoid = 'pg_class'::regclass and c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
    order by 1, d.objsubid`.execute(db)
  const tables = [...new Set(columns.map((c) => c.table))]
  return tables
    .map((t) => {
      const own = <T extends { table: string }>(list: T[]) => list.filter((x) => x.table === t)
      const cols = own(columns).map(
        (c) => `  ${c.column} ${c.type}${c.nullable ? '' : ' not null'}${c.has_default ? ' default' : ''}`,
      )
      const keys = own(constraints).map((k) => `  ${k.def}`)
      return [
        `create table ${t} (\n${[...cols, ...keys].join(',\n')}\n);`,
        ...own(indexes).map((i) => `${i.def.replace(/ON (ONLY )?\w+\./, 'ON ')};`),
        ...own(comments).map(
          (c) =>
            `comment on ${c.column ? `column ${t}.${c.column}` : `table ${t}`} is '${c.text.replaceAll("'", "''")}';`,
        ),
      ].join('\n')
    })
    .join('\n\n')
    .concat('\n')
}

/** Tables without a comment; the tests want none. */
export const uncommented = async (db: Kysely<DB>): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> 'schema_migrations' and obj_description(c.oid, 'pg_class') is null`.execute(db)
  return rows.map((r) => r.name)
}
