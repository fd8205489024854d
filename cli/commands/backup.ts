import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { CliError, exitCodes, getRaw } from '../client.ts'
import { type Define, examples, json } from '../command.ts'
import { say, sayJson } from '../output.ts'

export const defineBackup: Define = (program) =>
  examples(
    program
      .command('backup')
      .argument('<file>', 'where to, such as watchfloor.tar.gz')
      .description('write everything but the secret key into one file, while Watchfloor works')
      .option('--force', 'write over a file that is there', false)
      .addOption(json()),
    'watchfloor backup /backup/watchfloor-$(date +%F).tar.gz',
  ).action(async (file, o) => {
    if (existsSync(file) && !o.force)
      throw new CliError(`${file} is there already. Use --force to write over it.`, exitCodes.usage)
    const bytes = await take(file)
    if (o.json) return sayJson({ file, bytes })
    say(
      `${megabytes(bytes)} were written to ${file}.\nThe key that seals the secrets in it is not in it: keep secret.key of the data folder (or SECRET_KEY) in another place.`,
    )
  })

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

/** Under another name until it is whole, so that nobody takes half of one for a backup. */
const take = async (file: string): Promise<number> => {
  const part = `${file}.part`
  let bytes = 0
  try {
    const answer = await getRaw('/api/backup')
    const told = progress()
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length
        told(bytes)
        done(null, chunk)
      },
    })
    await pipeline(Readable.fromWeb(answer as ReadableStream), counted, createWriteStream(part, { mode: 0o600 }))
    await rename(part, file)
    return bytes
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    if (error instanceof CliError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new CliError(`There is no room for the backup on the disk of ${file}; nothing of it was kept.`)
    if (code && /^E[A-Z]+$/.test(code)) throw new CliError(`${file} cannot be written: ${message}.`)
    throw new CliError('The server broke the backup off; nothing of it was kept. Its log says why.')
  }
}

/** On a terminal, how far it is. */
const progress = () => {
  let shown = 0
  return (bytes: number) => {
    if (!process.stderr.isTTY || bytes - shown < 1e6) return
    shown = bytes
    process.stderr.write(`\r${megabytes(bytes)} `)
  }
}
