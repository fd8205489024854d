import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{contract,server,checks,cli,dev,test,web}/**/*.test.{ts,tsx,mjs}'],
    environment: 'node',
    globalSetup: ['test/harness/global.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Two cores: more workers only make each test's real time-outs less certain.
    maxWorkers: 2,
  },
})
