/** `npm run bench`: measures each budget beside its limit or peer in the same run; writes bench/RESULTS.md. `--only intake` for one. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import startDatabase from '../test/harness/global.ts'
import { benchClocks } from './clocks.ts'
import { benchDesk } from './desk.ts'
import { benchFelt } from './felt.ts'
import { benchIntake } from './intake.ts'
import { benchLatency } from './latency.ts'
import { benchMonitors } from './monitors.ts'
import { benchPings } from './pings.ts'
import { benchRun } from './run.ts'
import { benchStart } from './start.ts'
import { type Figure, machine } from './tools.ts'

const parts: Record<string, () => Promise<Figure[]>> = {
  clocks: benchClocks,
  desk: benchDesk,
  felt: benchFelt,
  intake: benchIntake,
  latency: benchLatency,
  monitors: benchMonitors,
  pings: benchPings,
  run: benchRun,
  start: benchStart,
}

const { values } = parseArgs({ options: { only: { type: 'string' } } })
// Durable figures want a database that waits for its disk.
process.env.TEST_DATABASE_FSYNC = 'on'
const stop = await startDatabase()
const figures: Figure[] = []
for (const [name, part] of Object.entries(parts)) {
  if (values.only && values.only !== name) continue
  process.stderr.write(`${name} …\n`)
  figures.push(...(await part()))
}
await stop?.()

const row = (f: Figure) =>
  `| ${f.what} | ${f.ours} | ${f.budget} ${f.ok === null ? '' : f.ok ? '✓' : '✗'} | ${f.beside} |`
const missed = figures.filter((f) => f.ok === false)
const text = `# Results of npm run bench

${new Date().toISOString().slice(0, 10)}, ${machine()}. Client, program and database share the cores; the database waits for its disk (fsync).

| what | measured | budget | beside it, in the same run |
|---|---|---|---|
${figures.map(row).join('\n')}
${missed.length > 0 ? `\n## Missed\n\n${missed.map((f) => `- ${f.what}: ${f.why ?? 'not explained yet.'}`).join('\n')}\n` : ''}`
console.log(text)

if (!values.only) writeFileSync(join(import.meta.dirname, 'RESULTS.md'), text)
process.exit(figures.every((f) => f.ok !== false) ? 0 : 1)
