import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import tar from 'tar-stream'
import type { Crypto } from '../crypto.ts'
import { migrate, readMigrations } from '../db/migrate.ts'
import { type Connection, connectionSettings } from '../db/pool.ts'
import type { Store } from '../store.ts'
import { type Ending, ending, keyPrintOf, type Manifest, manifest } from './format.ts'

/** A sentence for whoever restores. */
export class RestoreError extends Error {}

export type Restoring = { connection: Connection; migrations: string; crypto: Crypto; store: Store }

type Entry = AsyncIterable<Buffer> & { header: { name: string }; resume(): void }

/**
 * Puts a backup into an installation in which nobody is yet, of this version or of an older one, which is brought
 * forward. All tables come in one transaction: when anything fails, the database is as it was. Throws RestoreError.
 */
export const restoreBackup = async (to: Restoring, file: string): Promise<Ending & Pick<Manifest, 'madeAt'>> => {
  const extract = tar.extract()
  const read = pipeline(createReadStream(file), createGunzip(), extract)
  // What breaks here is told by the loop below as well.
  read.catch(() => undefined)
  try {
    return await load(to, extract as unknown as AsyncIterable<Entry>)
  } catch (error) {
    extract.destroy()
    await read.catch(() => undefined)
    throw plainly(error, file)
  }
}

const plainly = (error: unknown, file: string): Error => {
  if (error instanceof RestoreError) return error
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'EACCES') return new RestoreError(`${file} cannot be read: ${message}.`)
  if (code?.startsWith('Z_') || /tar|Unexpected end|unexpected end/i.test(message))
    return new RestoreError(`${file} is no whole backup: ${message}. Nothing was restored.`)
  return error as Error
}

const load = async (to: Restoring, entries: AsyncIterable<Entry>) => {
  let loading: Loading | null = null
  try {
    for await (const entry of entries) {
      const [kind, name = ''] = entry.header.name.split('/')
      if (!loading) {
        if (kind !== 'manifest.json') throw new RestoreError('This is no backup of Watchfloor.')
        loading = await begin(to, await textOf(entry))
      } else if (kind === 'tables') await loading.table(name, entry)
      else if (kind === 'files') await loading.file(name, entry)
      else if (kind === 'end.json') return await loading.end(await textOf(entry))
    }
    throw new RestoreError('The backup ends too early. Nothing was restored.')
  } finally {
    await loading?.close()
  }
}

const textOf = async (entry: Entry): Promise<unknown> => {
  const pieces: Buffer[] = []
  for await (const piece of entry) pieces.push(piece)
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'))
  } catch {
    throw new RestoreError(`${entry.header.name} in the backup cannot be read. Nothing was restored.`)
  }
}

type Loading = Awaited<ReturnType<typeof begin>>

const begin = async (to: Restoring, said: unknown) => {
  const parsed = manifest.safeParse(said)
  if (!parsed.success)
    throw new RestoreError('The backup was made by another version of Watchfloor, whose format is not known here.')
  const head = parsed.data
  requireKey(head, to.crypto)
  await bringTo(head, to)
  const client = new pg.Client(connectionSettings(to.connection))
  client.on('error', () => undefined)
  await client.connect()
  try {
    await requireEmpty(client)
    await requireSame(client, head)
    await client.query('begin')
    await client.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0')
    const links = await takeLinksAway(client)
    await client.query(`truncate ${head.tables.map(({ name }) => `"${name}"`).join(', ')}`)
    for (const { of, name, bound } of head.partitions)
      await client.query(`create table if not exists "${name}" partition of "${of}" ${bound}`)
    return loadingInto(client, to, head, links)
  } catch (error) {
    await client.end()
    throw error
  }
}

const loadingInto = (client: pg.Client, to: Restoring, head: Manifest, links: string[]) => {
  let open: { name: string; stream: ReturnType<typeof copyFrom> } | null = null
  const rows: Record<string, number> = {}
  let files = 0
  const finish = async () => {
    if (!open) return
    const { name, stream } = open
    open = null
    await new Promise<void>((resolve, reject) => {
      stream.once('error', reject)
      stream.once('finish', resolve)
      stream.end()
    })
    rows[name] = stream.rowCount ?? 0
  }
  const into = async (name: string) => {
    if (open?.name === name) return open.stream
    await finish()
    const table = head.tables.find((t) => t.name === name)
    if (!table) throw new RestoreError(`The backup holds a table ${name} of which it does not tell.`)
    const list = table.columns.map((c) => `"${c}"`).join(', ')
    open = { name, stream: client.query(copyFrom(`copy "${name}" (${list}) from stdin`)) }
    return open.stream
  }
  return {
    async table(name: string, entry: Entry) {
      const stream = await into(name)
      for await (const piece of entry)
        await new Promise<void>((resolve, reject) => {
          stream.once('error', reject)
          stream.write(piece, (error) => {
            stream.off('error', reject)
            if (error) reject(error)
            else resolve()
          })
        })
    },
    async file(id: string, entry: Entry) {
      await finish()
      // One that an earlier try has left is the same, but perhaps not whole.
      await to.store.remove(id)
      await to.store.put(id, Readable.from(entry), Number.POSITIVE_INFINITY)
      files++
    },
    async end(said: unknown) {
      await finish()
      const told = ending.parse(said)
      for (const [name, count] of Object.entries(told.rows))
        if ((rows[name] ?? 0) !== count)
          throw new RestoreError(`Of ${name} ${rows[name] ?? 0} rows came and not ${count}. Nothing was restored.`)
      if (files !== told.files)
        throw new RestoreError(`${files} files came and not ${told.files}. Nothing was restored.`)
      for (const { name, last } of head.sequences) await client.query('select setval($1::regclass, $2)', [name, last])
      // The log has new transactions' numbers: its chain starts again at the first event, on top of the hash before.
      await client.query(`insert into event_seals (at, upto_xid, upto_seq, events, hash)
        select now(), '0', 0, 0, hash from event_seals order by number desc limit 1`)
      // Whoever held it is not here.
      await client.query('update due set lease = null, lease_until = null where lease is not null')
      for (const link of links) await client.query(link)
      await client.query('commit')
      await migrate(to.connection, to.migrations)
      return { ...told, madeAt: head.madeAt }
    },
    close: () => client.end(),
  }
}

const requireKey = (head: Manifest, crypto: Crypto) => {
  const known = [crypto, crypto.older].some((one) => one && keyPrintOf(one.sign) === head.keyPrint)
  if (!known)
    throw new RestoreError(
      'The secrets in the backup are sealed with another key. Put the secret.key of the old data folder into the new one, or set SECRET_KEY to what it was.',
    )
}

/** The database at the version of the backup: what came later is done to the restored tables afterwards. */
const bringTo = async (head: Manifest, to: Restoring) => {
  const here = new Map(readMigrations(to.migrations).map((m) => [m.name, m.hash]))
  const strange = head.migrations.find((m) => here.get(m.name) !== m.hash)
  if (strange)
    throw new RestoreError(
      `The backup was made by a version of Watchfloor that has ${strange.name}, which this one has not. Restore it with that version or a newer one.`,
    )
  await migrate(to.connection, to.migrations, undefined, head.migrations.at(-1)?.name)
}

const requireEmpty = async (client: pg.Client) => {
  const { rows } = await client.query('select exists (select 1 from users) or exists (select 1 from tickets) as used')
  if (rows[0].used)
    throw new RestoreError(
      'There are people or tickets in this installation already. A backup is restored into an empty one: give another DATA_DIR, or an empty database as DATABASE_URL.',
    )
}

/** A database that has gone further cannot take the tables as they were. */
const requireSame = async (client: pg.Client, head: Manifest) => {
  const { rows } = await client.query('select max(name) as newest from schema_migrations')
  if (rows[0].newest !== head.migrations.at(-1)?.name)
    throw new RestoreError(
      'This database was brought to a newer version already. Restore an older backup into an empty folder or database; it is brought forward by itself.',
    )
}

/** Takes the foreign keys away, so that tables may come in any order, and answers the statements that put them back. */
const takeLinksAway = async (client: pg.Client): Promise<string[]> => {
  const { rows } = await client.query(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as def
     from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = current_schema()::regnamespace`,
  )
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${name}`)
  return rows.map(({ table, name, def }) => `alter table ${table} add constraint ${name} ${def}`)
}
