import { scratchDatabase } from '../test/harness/database.ts'
import { startServer } from '../test/harness/process.ts'
import { type Figure, ms } from './tools.ts'

const LINES = 50_000

/** A crontab of 50,000 lines: what it would do, and that it is done. */
export const benchImports = async (): Promise<Figure[]> => {
  const database = await scratchDatabase()
  const server = await startServer({ DATABASE_URL: database.url, LOG_LEVEL: 'error' })
  await server.ready()
  const lines = Array.from({ length: LINES }, (_, n) => `${n % 60} ${n % 24} * * * /opt/batch/job${n}.sh --all`)
  const body = { files: [{ name: 'crontab', text: lines.join('\n') }], host: 'prdbat01', zone: 'Europe/London' }
  const timed = async (path: string) => {
    const started = performance.now()
    const { status, body: answer } = await server.api('POST', path, body)
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer).slice(0, 500)}`)
    return { took: performance.now() - started, counts: (answer as { counts: { created: number } }).counts }
  }
  const dry = await timed('/jobs/imports/preview')
  const done = await timed('/jobs/imports')
  await server.kill('SIGTERM')
  await database.drop()
  return [
    {
      what: `A crontab of ${LINES.toLocaleString('en')} lines, as a dry run`,
      ours: ms(dry.took),
      beside: `${dry.counts.created.toLocaleString('en')} jobs; making them all: ${ms(done.took)}`,
      budget: '< 10 s',
      ok: dry.took < 10_000 && dry.counts.created === LINES,
    },
  ]
}
