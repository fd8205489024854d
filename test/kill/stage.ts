import { createRandom } from '../../dev/demo/history/random.ts'
import { createDb, createPool } from '../../server/platform/db/pool.ts'
import { createLog } from '../../server/platform/log.ts'
import { scratchDatabase } from '../harness/database.ts'
import { startHttpTarget } from '../harness/http-target.ts'
import { seededBank, seededSecret } from '../harness/seeded.ts'
import { startSmtpSink } from '../harness/smtp-sink.ts'
import { runStory, type Stage } from './story.ts'

/** Seconds of the story's clock in a real one. */
const RATE = 20

/**
 * Runs the story `runs` times, each on a fresh database; answers all that was wrong, with the number of the run. The same
 * `seed` kills after the same times.
 */
export const killLoop = async (runs: number, seed: number, say: (line: string) => void): Promise<string[]> => {
  const random = createRandom(seed).next
  const wrong: string[] = []
  let kills = 0
  for (let run = 1; run <= runs; run++) {
    const database = await scratchDatabase(seededBank())
    const mail = await startSmtpSink()
    const target = await startHttpTarget()
    const db = createDb(createPool(database.url, 2, createLog('silent')))
    const stage: Stage = {
      database: database.url,
      db,
      world: database.made,
      mail,
      target,
      secretKey: seededSecret,
      rate: RATE,
      clockStart: Date.now(),
      asleep: run % 2 === 0,
    }
    const result = await runStory(stage, random)
    kills += result.kills
    wrong.push(...result.wrong.map((w) => `seed ${seed}, run ${run}: ${w}`))
    say(
      `run ${run} of ${runs}: ${result.kills} kills${result.wrong.length > 0 ? `, WRONG: ${result.wrong.join('; ')}` : ''}`,
    )
    await db.destroy()
    await mail.stop()
    await target.stop()
    await database.drop()
  }
  say(`seed ${seed}: ${runs} runs, ${kills} kills, ${wrong.length} wrong`)
  return wrong
}
