import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CliError, exitCodes } from '../client.ts'
import { type Define, examples } from '../command.ts'

export const defineRestore: Define = (program) =>
  examples(
    program
      .command('restore')
      .argument('<file>', 'what `watchfloor backup` has written')
      .description('put a backup into an empty installation on this machine: DATA_DIR, and DATABASE_URL if it has one'),
    'DATA_DIR=/srv/watchfloor SECRET_KEY=… watchfloor restore watchfloor.tar.gz',
  ).action(async (file) => {
    if (process.env.WATCHFLOOR_BUNDLE)
      throw new CliError(
        'A backup is restored where Watchfloor itself is: run ./watchfloor in its folder.',
        exitCodes.usage,
      )
    if (!existsSync(file)) throw new CliError(`There is no file ${file}.`, exitCodes.usage)
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../server/restore.ts'), resolve(file)], {
      stdio: 'inherit',
    })
    const [code] = (await once(child, 'exit')) as [number | null]
    process.exitCode = code ?? exitCodes.failed
  })
