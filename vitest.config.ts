import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What starts programs, stops databases or waits for real time takes longest, whatever its size. */
const long = /\/test\/(kill|faults|processes|cli|system-postgres)/

/** The longest first, so that no worker is left with one of them at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return [...sorted.filter((f) => long.test(f.moduleId)), ...sorted.filter((f) => !long.test(f.moduleId))]
  }
}

export default defineConfig({
  test: {
    include: ['{contract,server,checks,cli,dev,test,web}/**/*.test.{ts,tsx,mjs}'],
    environment: 'node',
    globalSetup: ['test/harness/global.ts'],
    sequence: { sequencer: LongestFirst },
    // Patience costs nothing when all is well; a machine under load must not fail a test.
    testTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 120_000,
    // Two cores: a third worker makes nothing quicker, and real time-outs less certain.
    maxWorkers: 2,
    // Reading all of the code again for each file costs a minute and a half. Tests leave nothing behind that others could meet.
    isolate: false,
  },
})
