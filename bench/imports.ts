import { importerOf } from '../server/features/imports/importer-kinds.ts'
import { autosysCalendars, autosysJil } from '../test/harness/autosys.ts'
import { scratchDatabase } from '../test/harness/database.ts'
import { startServer } from '../test/harness/process.ts'
import { type Figure, ms } from './tools.ts'

const LINES = 50_000

/** A crontab of 50,000 lines: what it would do, and that it is done. The same of 50,000 jobs of AutoSys. */
export const benchImports = async (): Promise<Figure[]> => {
  const database = await scratchDatabase()
  const server = await startServer({ DATABASE_URL: database.url, LOG_LEVEL: 'error' })
  await server.ready()
  const lines = Array.from({ length: LINES }, (_, n) => `${n % 60} ${n % 24} * * * /opt/batch/job${n}.sh --all`)
  const crontab = { files: [{ name: 'crontab', text: lines.join('\n') }], host: 'prdbat01', zone: 'Europe/London' }
  const jil = autosysJil(LINES - 10)
  const autosys = {
    files: [
      { name: 'all.jil', text: jil },
      { name: 'calendars.txt', text: autosysCalendars },
    ],
    host: 'PRD',
    zone: 'Europe/London',
  }
  const read = (): number => {
    const started = performance.now()
    importerOf('jil', []).read(autosys.files, { ...autosys, now: Temporal.Instant.from('2026-11-23T07:00:00Z') })
    return performance.now() - started
  }
  const timed = async (path: string, body: object) => {
    const started = performance.now()
    const { status, body: answer } = await server.api('POST', path, body)
    if (status >= 300) throw new Error(`${path}: ${status} ${JSON.stringify(answer).slice(0, 500)}`)
    return { took: performance.now() - started, counts: (answer as { counts: { created: number } }).counts }
  }
  const dry = await timed('/jobs/imports/preview', crontab)
  const done = await timed('/jobs/imports', crontab)
  const night = await timed('/jobs/imports/preview', autosys)
  const alone = read()
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
    {
      what: `JIL of AutoSys of ${night.counts.created.toLocaleString('en')} jobs (${Math.round(jil.length / 1e6)} MB), as a dry run`,
      ours: ms(night.took),
      beside: `only reading it, in the same process: ${ms(alone)}`,
      budget: '< 10 s',
      ok: night.took < 10_000 && night.counts.created >= LINES - 10,
    },
  ]
}
