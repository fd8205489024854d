import type { House } from '../../../server/platform/house.ts'
import type { Company } from '../company.ts'
import type { Targets } from '../targets/index.ts'
import { startNights } from './nights.ts'
import { type Pace, playScenes } from './play.ts'
import { scenes } from './scenes.ts'
import { createVoice } from './voice.ts'

type Given = {
  house: House
  company: Company
  targets: Targets
  origin: string
  say(line: string): void
  pace?: Pace
}

/** Lets the firm live: its batch runs, its desks ask for things, and now and then something breaks and heals. */
export const startLife = async ({ house, company, targets, origin, say, pace }: Given) => {
  const voice = createVoice({ house, company, origin })
  const jobs = await house.platform.db.selectFrom('jobs').select(['id', 'slug']).execute()
  const stage = {
    targets,
    voice,
    jobs: new Map(jobs.map((j) => [j.slug, j.id])),
    now: () => house.platform.clock.now().toString(),
  }
  const nights = await startNights(house, voice, say)
  const play = playScenes(scenes, stage, say, pace)
  return {
    running: play.running,
    async stop() {
      await play.stop()
      await nights.stop()
    },
  }
}

/** What somebody finds at once: a job that has failed and heals with its next run, an alert, and one that is only shown. */
export const leaveTrouble = async (house: House, company: Company, origin: string): Promise<void> => {
  const voice = createVoice({ house, company, origin })
  const job = await house.platform.db
    .selectFrom('jobs')
    .select('id')
    .where('slug', '=', 'ldn-archive')
    .executeTakeFirstOrThrow()
  const run = crypto.randomUUID()
  await voice.ping(job.id, '/start', run, 'prdbat02')
  await voice.ping(job.id, '/1', run, 'prdbat02', archiveOutput)
  await voice.alertmanager(
    {
      name: 'DiskFillsUp',
      labels: { severity: 'medium', service: 'file-transfer', host: 'prdbat03' },
      summary: 'Disk /data of prdbat03 will be full in five hours',
      since: house.platform.clock.now().toString(),
    },
    false,
  )
  await voice.signals([
    {
      title: 'Disk /u02 of riskdb-01 is 71 % full',
      severity: 'info',
      dedup_key: 'riskdb-01:/u02',
      host: 'riskdb-01',
      labels: { path: '/u02' },
    },
  ])
}

const archiveOutput = [
  'Order archive London: begin',
  'read 412,908 rows',
  'ERROR No space left on device: /data/archive/orders.part',
  'stopped after 288,004 rows, nothing was deleted',
].join('\n')

/** What waits for an approval this morning. */
export const askForApprovals = async (house: House, company: Company, origin: string): Promise<void> => {
  const voice = createVoice({ house, company, origin })
  const soon = house.platform.clock.now().toZonedDateTimeISO('Europe/London').toPlainDate().add({ days: 3 }).toString()
  await voice.request('brandt', 'read-access', {
    application: 'cash',
    joiners: 'Ann Bell\nCem Dal',
    from: soon,
    why: 'They join the desk.',
  })
  await voice.request('hugh', 'trading-limit', {
    counterparty: 'Meridian Capital',
    amount: 40_000_000,
    why: 'Block of gilts at the close.',
  })
  await voice.request('lind', 'data-extract', { what: 'All trades with Northgate Bank this year, for the auditors.' })
  await voice.request('weiss', 'trade-cancel', {
    trade: 'T40713355',
    what: 'Cancel',
    details: 'Booked twice after the reconnect.',
  })
}
