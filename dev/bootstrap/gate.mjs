import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { run, toolEnv } from './program.mjs'

const CHECKS = [
  ['format and lint', 'biome', ['ci', '.']],
  ['types', 'tsc', ['-b']],
  // It needs no database, so none is started for it.
  ['architecture', 'vitest', ['run', 'test/architecture.test.ts'], { TEST_DATABASE_URL: 'none' }],
  ['unused code', 'knip', []],
]

/** Runs the checks one after the other, all of them even if one fails. Resolves to {passed, failed}, in checks. */
export const check = async () => {
  const lines = []
  let failed = 0
  for (const [name, file, args, env] of CHECKS) {
    const started = performance.now()
    const { code, signal } = await run(file, args, { env: toolEnv(env) })
    if (signal) return { passed: 0, failed: CHECKS.length }
    if (code !== 0) failed += 1
    lines.push(
      `${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${file}) ${((performance.now() - started) / 1000).toFixed(1)} s`,
    )
  }
  console.log(`\n${lines.join('\n')}\n`)
  return { passed: CHECKS.length - failed, failed }
}

/** Passed and failed tests of a report by Vitest; a file that could not even be loaded counts as one failure. */
export const countTests = (report, code) => {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'),
  )
  const failed = report.numFailedTests + broken.length
  // Vitest also fails for an error outside of any test, which its report does not show.
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}

/** Runs the tests. Resolves to {passed, failed}, in tests. */
export const test = async (args, env) => {
  const folder = join('node_modules', '.cache', 'test')
  const file = join(folder, 'report.json')
  mkdirSync(folder, { recursive: true })
  rmSync(file, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { code } = await run('vitest', ['run', ...reporters, ...args], { env: toolEnv(env) })
  try {
    return countTests(JSON.parse(readFileSync(file, 'utf8')), code)
  } catch {
    return { passed: 0, failed: 1 }
  }
}
