import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CliError, createClient, exitCodes } from '../client.ts'
import { type Define, examples, json } from '../command.ts'
import { say, sayJson } from '../output.ts'

export const defineExport: Define = (program) =>
  examples(
    program
      .command('export')
      .description('write what is kept in Watchfloor as YAML, as `apply` reads it')
      .option('--kind <kind>', 'only this kind, such as job or service')
      .option('-o, --output <folder>', 'one file for each kind in this folder, in place of standard output')
      .option('--force', 'write over files that are there', false)
      .addOption(json()),
    'watchfloor export > everything.yaml',
    'watchfloor export -o production-support/ --force && git -C production-support diff',
  ).action(async (o) => {
    const { files } = await createClient().declarations.export(o.kind ? { kind: o.kind } : {})
    if (o.json) return sayJson(files)
    if (!o.output) return say(files.map((f) => f.text.trimEnd()).join('\n---\n'))
    const there = files.map((f) => join(o.output, f.name)).filter((path) => existsSync(path))
    if (there.length > 0 && !o.force)
      throw new CliError(`${there.join(', ')} would be written over. Use --force for that.`, exitCodes.usage)
    try {
      mkdirSync(o.output, { recursive: true })
      for (const { name, text } of files) writeFileSync(join(o.output, name), text)
    } catch (error) {
      throw new CliError(`${o.output} cannot be written: ${(error as Error).message}.`)
    }
    say(`${files.length} files were written to ${o.output}.`)
  })
