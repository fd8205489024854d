import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contract,server,checks,cli,dev,test,web}/**/*.test.{ts,tsx,mjs}'],
    environment: 'node',
    globalSetup: ['test/harness/global.ts'],
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
