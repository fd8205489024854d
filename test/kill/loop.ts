/** `npm run test:kill`: the story under kill -9 at random moments, a hundred times. `--runs 10` for less, `--seed 7` as it was then. */
import { parseArgs } from 'node:util'
import startDatabase from '../harness/global.ts'
import { killLoop } from './stage.ts'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '100' }, seed: { type: 'string' } } })
const stop = await startDatabase()
const wrong = await killLoop(Number(values.runs), Number(values.seed ?? Date.now() % 1_000_000), console.log)
await stop?.()
process.exit(wrong.length === 0 ? 0 : 1)
