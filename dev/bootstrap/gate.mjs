import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { run, toolEnv } from './program.mjs'

const CHECKS = [
  ['format and lint', 'biome', ['ci', '.']],
  // A second checker works out again most of what the first has: it takes both longer. Go's collector clears away
  // half as often as it is used to; less often gains nothing more, and a limit of memory makes it work without end.
  ['types', 'tsc', ['-b', '--checkers', '1'], { GOGC: '200' }],
  // It needs no database, so none is started for it.
  ['architecture', 'vitest', ['run', 'test/architecture.test.ts'], { TEST_DATABASE_URL: 'none' }],
  ['unused code', 'knip', []],
]

/** One of the checks: {code, signal, line}. What it prints comes in one piece, after it has ended. */
const runCheck = async ([name, file, args, env]) => {
  const started = performance.now()
  const printed = []
  const color = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  const { code, signal } = await run(file, args, {
    env: toolEnv({ ...color, ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
    onOutput: (chunk) => printed.push(chunk),
  })
  process.stdout.write(Buffer.concat(printed))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  return { code, signal, line: `${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${file}) ${seconds} s` }
}

const inTurn = async (checks) => {
  const results = []
  for (const check of checks) results.push(await runCheck(check))
  return results
}

/**
 * Runs the checks, all of them even if one fails. Resolves to {passed, failed}, in checks. The types are as long as all
 * others together and need one core.
 */
export const check = async () => {
  const isTypes = ([name]) => name === 'types'
  const lanes = await Promise.all([inTurn(CHECKS.filter(isTypes)), inTurn(CHECKS.filter((c) => !isTypes(c)))])
  const results = lanes.flat()
  if (results.some(({ signal }) => signal)) return { passed: 0, failed: CHECKS.length }
  console.log(`\n${results.map(({ line }) => line).join('\n')}\n`)
  const failed = results.filter(({ code }) => code !== 0).length
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

/** Files with a failure, to be tried once more; none when so many failed that it is no matter of luck. */
export const filesToTryAgain = (report) => {
  const files = report.testResults.filter((file) => file.status === 'failed').map(({ name }) => name)
  return files.length > 12 ? [] : files
}

/** The report of a run in which some files were run again: of those, the second run counts. */
export const withSecondRun = (first, second) => {
  const again = new Set(second.testResults.map(({ name }) => name))
  const testResults = [...first.testResults.filter(({ name }) => !again.has(name)), ...second.testResults]
  const count = (status) => testResults.flatMap((f) => f.assertionResults).filter((t) => t.status === status).length
  return { testResults, numPassedTests: count('passed'), numFailedTests: count('failed') }
}

const runTests = async (args, env) => {
  const folder = join('node_modules', '.cache', 'test')
  const file = join(folder, 'report.json')
  mkdirSync(folder, { recursive: true })
  rmSync(file, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { code } = await run('vitest', ['run', ...reporters, ...args], { env: toolEnv(env) })
  try {
    return { code, report: JSON.parse(readFileSync(file, 'utf8')) }
  } catch {
    return { code, report: undefined }
  }
}

/**
 * Runs the tests. Resolves to {passed, failed}, in tests. In CI, where a machine may be starved for seconds, a file with
 * a failure is run once more, alone and from its start; the log says so, because a test that needs it has a fault.
 */
export const test = async (args, env) => {
  const first = await runTests(args, env)
  if (!first.report) return { passed: 0, failed: 1 }
  const files = process.env.CI && first.code !== 0 ? filesToTryAgain(first.report) : []
  if (files.length === 0) return countTests(first.report, first.code)
  console.log(`\nOnce more, alone:\n${files.map((name) => `  ${relative(process.cwd(), name)}`).join('\n')}`)
  const second = await runTests([...files, '--maxWorkers=1'], env)
  if (!second.report) return countTests(first.report, first.code)
  return countTests(withSecondRun(first.report, second.report), second.code)
}
