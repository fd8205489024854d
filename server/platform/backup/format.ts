import { z } from 'zod'
import { sha256 } from '../crypto.ts'

/**
 * A backup is a tar, packed by gzip: `manifest.json`, the tables in pieces as PostgreSQL's COPY writes them
 * (`tables/<name>/<n>`), the files by their ids (`files/<id>`), and `end.json`, without which it is not whole.
 */
export const backupFormat = 1

const name = z.string().regex(/^[a-z][a-z0-9_]*$/)
/** As pg_get_expr writes it, and nothing else: it goes into a statement. */
const bound = z.string().regex(/^(DEFAULT|FOR VALUES FROM \('[-+:. 0-9]+'\) TO \('[-+:. 0-9]+'\))$/)

export const manifest = z.object({
  format: z.literal(backupFormat),
  madeAt: z.string(),
  /** Of the key that secrets in the database are sealed with; the key itself is not in here. */
  keyPrint: z.string(),
  migrations: z.object({ name: z.string(), hash: z.string() }).array(),
  tables: z.object({ name, columns: name.array() }).array(),
  partitions: z.object({ of: name, name, bound }).array(),
  sequences: z.object({ name, last: z.number() }).array(),
})
export type Manifest = z.output<typeof manifest>

export const ending = z.object({ rows: z.record(name, z.number()), files: z.number() })
export type Ending = z.output<typeof ending>

/** Tells two keys apart without telling anything of them. */
export const keyPrintOf = (sign: (purpose: string, text: string) => string): string =>
  sha256(sign('backup', 'key')).slice(0, 16)
