import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What starts programs, stops databases or waits for real time: long, whatever its size, and with little to compute. */
const waits = /\/test\/(kill|faults|processes|cli|alertmanager|system-postgres)|two-processes/

/** One that waits beside two that compute, and none of the long ones left for the end. */
class WaitingBesideComputing extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const waiting = sorted.filter((f) => waits.test(f.moduleId))
    const computing = sorted.filter((f) => !waits.test(f.moduleId))
    return computing
      .flatMap((file, at) => (at % 2 ? [file] : [...waiting.slice(at / 2, at / 2 + 1), file]))
      .concat(waiting.slice(Math.ceil(computing.length / 2)))
  }
}

export default defineConfig({
  test: {
    include: ['{contract,server,checks,cli,dev,test,web}/**/*.test.{ts,tsx,mjs}'],
    environment: 'node',
    globalSetup: ['test/harness/global.ts'],
    sequence: { sequencer: WaitingBesideComputing },
    // Patience costs nothing when all is well; a machine under load must not fail a test.
    testTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 120_000,
    // Two that compute, one for each core, and one that waits.
    maxWorkers: 3,
    // Reading all of the code again for each file costs a minute and a half. Tests leave nothing behind that others could meet.
    isolate: false,
  },
})
