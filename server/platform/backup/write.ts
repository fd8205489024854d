import { Readable } from 'node:stream'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import tar from 'tar-stream'
import type { Platform } from '../platform.ts'
import { describe } from './describe.ts'
import { backupFormat, type Ending, keyPrintOf, type Manifest } from './format.ts'

/** A tar says how long a part is before the part comes, so tables go in pieces that memory holds. */
const PIECE_BYTES = 4_000_000

type Written = { stream: Readable; done: Promise<Ending> }

/**
 * Everything of an installation but its secret key, as a tar, while it works: all tables as they are at one moment, then
 * the files. Nothing waits for it. When it fails, the stream breaks: a backup that ends well is whole.
 */
export const writeBackup = (platform: Platform): Written => {
  const pack = tar.pack()
  const stream = Readable.from(pack as AsyncIterable<Buffer>, { objectMode: false })
  const done = write(platform, pack).catch((error: Error) => {
    pack.destroy(error)
    stream.destroy(error)
    throw error
  })
  // Whoever reads the stream learns of it there.
  done.catch(() => undefined)
  return { stream, done }
}

const write = async (platform: Platform, pack: tar.Pack): Promise<Ending> => {
  const client = await platform.pool.connect()
  try {
    await client.query('begin transaction isolation level repeatable read, read only')
    await client.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0')
    const described = await describe(client)
    const head: Manifest = {
      format: backupFormat,
      madeAt: platform.clock.now().toString(),
      keyPrint: keyPrintOf(platform.crypto.sign),
      ...described,
    }
    await putBytes(pack, 'manifest.json', JSON.stringify(head))
    const rows: Record<string, number> = {}
    for (const table of described.tables) rows[table.name] = await putTable(client, pack, table)
    await client.query('commit')
    const end = { rows, files: await putFiles(platform, pack) }
    await putBytes(pack, 'end.json', JSON.stringify(end))
    pack.finalize()
    client.release()
    return end
  } catch (error) {
    // Its transaction ends with it.
    client.release(error as Error)
    throw error
  }
}

/** One part of the tar; ends when it is through, also when whoever takes the backup goes away. */
const put = (pack: tar.Pack, name: string, size: number, fill: (entry: NodeJS.WritableStream) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const entry = pack.entry({ name, size }, (error) => (error ? reject(error) : resolve()))
    // A part that waits for its turn breaks with the whole, and without a listener that would end the process.
    entry.on('error', reject)
    fill(entry)
  })

const putBytes = (pack: tar.Pack, name: string, content: string | Buffer) => {
  const body = Buffer.from(content)
  return put(pack, name, body.length, (entry) => entry.end(body))
}

const putTable = async (client: pg.PoolClient, pack: tar.Pack, { name, columns }: Manifest['tables'][number]) => {
  const list = columns.map((c) => `"${c}"`).join(', ')
  const copied = client.query(copyTo(`copy (select ${list} from "${name}") to stdout`))
  let pieces: Buffer[] = []
  let bytes = 0
  let number = 0
  const flush = async () => {
    if (bytes === 0) return
    const body = Buffer.concat(pieces)
    pieces = []
    bytes = 0
    await putBytes(pack, `tables/${name}/${number++}`, body)
  }
  for await (const chunk of copied as AsyncIterable<Buffer>) {
    pieces.push(chunk)
    bytes += chunk.length
    if (bytes >= PIECE_BYTES) await flush()
  }
  await flush()
  // How many there were comes after the last of them, perhaps later; a statement that follows waits for it.
  await client.query('select 1')
  return copied.rowCount ?? 0
}

const putFiles = async (platform: Platform, pack: tar.Pack): Promise<number> => {
  let files = 0
  for await (const id of platform.store.all()) {
    const found = await platform.store.get(id)
    // Removed meanwhile.
    if (!found) continue
    await put(pack, `files/${id}`, found.bytes, (entry) => {
      found.stream.on('error', (error) => entry.emit('error', error))
      found.stream.pipe(entry)
    })
    files++
  }
  return files
}
