/** `npm run bench`: measures each budget beside its limit or peer in the same run; writes bench/RESULTS.md, a section for each part. `--only intake` for one. */
import { parseArgs } from 'node:util'
import startDatabase from '../test/harness/global.ts'
import { benchChains } from './chains.ts'
import { benchChoices } from './choices.ts'
import { benchClocks } from './clocks.ts'
import { benchDesk } from './desk.ts'
import { benchFelt } from './felt.ts'
import { benchImports } from './imports.ts'
import { benchIntake } from './intake.ts'
import { benchJobs } from './jobs.ts'
import { benchLatency } from './latency.ts'
import { benchMonitors } from './monitors.ts'
import { benchNight } from './night.ts'
import { benchPings } from './pings.ts'
import { record } from './record.ts'
import { benchRun } from './run.ts'
import { benchStart } from './start.ts'
import type { Figure } from './tools.ts'

const parts: Record<string, () => Promise<Figure[]>> = {
  chains: benchChains,
  choices: benchChoices,
  clocks: benchClocks,
  desk: benchDesk,
  felt: benchFelt,
  imports: benchImports,
  intake: benchIntake,
  jobs: benchJobs,
  latency: benchLatency,
  monitors: benchMonitors,
  night: benchNight,
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
  const found = await part()
  figures.push(...found)
  record(name, found)
}
await stop?.()
process.exit(figures.every((f) => f.ok !== false) ? 0 : 1)
