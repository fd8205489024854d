import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { CliError, createClient } from '../client.ts'
import { type Define, examples, group, json } from '../command.ts'
import { say, sayJson, zonedTime } from '../output.ts'

const audit = 'who did what, and whether the log of it is as it was written'

/** Exit code of a log that does not fit its seals; as for everything that is refused. */
const BROKEN = 1

export const defineAuditVerify: Define = (program) =>
  examples(
    group(program, 'audit', audit)
      .command('verify')
      .description('hash the whole log again and compare it with its seals; ends with 1 where something was changed')
      .addOption(json()),
    'watchfloor audit verify',
  ).action(async (o) => {
    const client = createClient()
    const sum = { seals: 0, events: 0 }
    let from: string | null = null
    for (let after: number | null = 0; after !== null; ) {
      const part = await client.system.verification({ after })
      if (after === 0) from = part.from
      sum.seals += part.seals
      sum.events += part.events
      if (process.stderr.isTTY) process.stderr.write(`\r${sum.events.toLocaleString('en')} events are right`)
      if (part.broken) {
        process.exitCode = BROKEN
        if (o.json) return sayJson({ ...sum, from, broken: part.broken })
        const { number, to, why } = part.broken
        return say(
          `Seal ${number}, made ${zonedTime(to)}, does not fit: ${why}\nThe events before${part.broken.from ? ` ${zonedTime(part.broken.from)}` : ' it'} are right: ${counted(sum)}.`,
        )
      }
      after = part.next
    }
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    if (o.json) return sayJson({ ...sum, from, broken: null })
    say(
      `The log is as it was sealed: ${counted(sum)}${from ? `, since a backup was restored ${zonedTime(from)}` : ''}.`,
    )
  })

const counted = ({ seals, events }: { seals: number; events: number }) =>
  `${events.toLocaleString('en')} event${events === 1 ? '' : 's'} under ${seals.toLocaleString('en')} seal${seals === 1 ? '' : 's'}`

export const defineAuditExport: Define = (program) =>
  examples(
    group(program, 'audit', audit)
      .command('export')
      .description('write the log, a line of JSON for each event, newest first')
      .option('--from <time>', 'not before, such as 2026-11-01T00:00:00Z')
      .option('--to <time>', 'before')
      .option('--type <type>', 'of this type or family, such as ticket. or user.disabled')
      .option('--actor <id>', 'by this person or API key')
      .option('-o, --output <file>', 'a file instead of standard output'),
    'watchfloor audit export --from 2026-11-01T00:00:00Z -o november.jsonl',
  ).action(async (o) => {
    const client = createClient()
    const filter = {
      ...(o.from && { from: o.from }),
      ...(o.to && { to: o.to }),
      ...(o.type && { type: o.type }),
      ...(o.actor && { actorId: o.actor }),
    }
    const lines = async function* () {
      let cursor: string | undefined
      do {
        const page = await client.system.events({ ...filter, limit: 200, ...(cursor && { cursor }) })
        for (const event of page.items) yield `${JSON.stringify(event)}\n`
        cursor = page.next ?? undefined
      } while (cursor)
    }
    if (!o.output) return pipeline(lines, process.stdout, { end: false })
    await pipeline(lines, createWriteStream(o.output, { mode: 0o600 })).catch((error: NodeJS.ErrnoException) => {
      throw error.path === o.output ? new CliError(`${o.output} cannot be written: ${error.message}.`) : error
    })
  })
