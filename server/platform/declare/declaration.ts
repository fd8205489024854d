import { z } from 'zod'
import type { Context, ReadContext } from '../context.ts'
import type { Db } from '../db/pool.ts'
import { invalid } from '../errors.ts'

type FieldOf<T> = keyof T & string

/** One that exists: its id, and how it would be written. */
export type Stored<T> = { id: string; item: T }

/**
 * What of a feature can be written as YAML. A document is `kind`, the field by which the thing is known, and whatever
 * else is to be said about it: what a document leaves away stays as it is, and has its default on something new.
 */
export type Declaration<T extends object = object> = {
  kind: string
  help: string
  /** All fields but the key may be left away. Lists without an order are made by `setOf`. */
  schema: z.ZodType<T>
  /**
   * The field by which it is known; the fields, where a name is used once for each team; none, where there is only one
   * of the kind.
   */
  key: FieldOf<T> | readonly FieldOf<T>[]
  /** All that exist, in the order in which they are written out. */
  stored(ctx: ReadContext): Promise<Stored<T>[]>
  /** Makes it (`id` null) or brings it in line. Throws `invalid`, naming a field of the document where it can. */
  write(ctx: Context, wanted: T, id: string | null): Promise<void>
  /** What can only be said when all of this kind exist, such as what depends on what. */
  relate?(ctx: Context, wanted: T): Promise<void>
}

/** Documents of others that can be read as ours, such as those of a catalogue. */
export type ForeignDocuments = {
  name: string
  claims(document: Record<string, unknown>): boolean
  /** Throws `invalid`. */
  read(document: Record<string, unknown>): { documents: Record<string, unknown>[]; notes: string[] }
}

export const declare = <T extends object>(declaration: Declaration<T>): Declaration<T> => declaration

/** The fields by which one is known. */
export const keysOf = ({ key }: Pick<Declaration, 'key'>): readonly string[] => [key].flat()

/** By what an item is known: alike for two documents of the same thing; and in words, such as `Look again (dba)`. */
export const knownBy = (declaration: Pick<Declaration, 'key'>, item: object): { id: string; name: string } => {
  const [name, ...within] = keysOf(declaration).map((key) => (item as Record<string, unknown>)[key] ?? null)
  const whose = within.filter((one) => one !== null)
  return {
    id: JSON.stringify([name, ...within]),
    name: `${name ?? ''}${whose.length > 0 ? ` (${whose.join(', ')})` : ''}`,
  }
}

/** A list in which the order says nothing: sorted, each once. */
export const setOf = <T extends z.ZodType<string>>(item: T) =>
  z.array(item).overwrite((list) => [...new Set(list)].sort())

type Known = { table: string; column: string; what: string; remedy: string }

/** The id of what a document names by its slug, its mail address or the like. Throws `invalid`. */
export const idNamed = async (db: Db, known: Known, name: string, field: string): Promise<string> => {
  const row = await (db as unknown as AnyDb)
    .selectFrom(known.table)
    .select('id')
    .where(known.column, '=', name)
    .executeTakeFirst()
  if (!row) throw invalid(field, `there is no ${known.what} ${name}. ${known.remedy}`)
  return row.id
}

/** The ids of several, in their order. Throws `invalid` for the first that is not there. */
export const idsNamed = async (db: Db, known: Known, names: readonly string[], field: string): Promise<string[]> => {
  const ids: string[] = []
  for (const name of names) ids.push(await idNamed(db, known, name, field))
  return ids
}

type AnyDb = {
  selectFrom(table: string): {
    select(column: string): {
      where(
        column: string,
        operator: '=',
        value: string,
      ): {
        executeTakeFirst(): Promise<{ id: string } | undefined>
      }
    }
  }
}

const orDeclareIt = (kind: string) => `Add a document of the kind ${kind}, or mend the word.`

/** What documents name others by. */
export const namedBy = (table: string, what: string, kind: string, column = 'slug'): Known => ({
  table,
  column,
  what,
  remedy: orDeclareIt(kind),
})

/** People are named by their mail addresses. */
export const byMail: Known = {
  table: 'users',
  column: 'email',
  what: 'user',
  remedy: 'Invite the person first, or mend the address.',
}

/** Leaves away what is undefined. */
export const given = <T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
