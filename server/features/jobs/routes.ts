import type { AnyRouter } from '@orpc/server'
import { jobs } from '../../../contract/jobs/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { jobsCalendar } from './calendar/months.ts'
import { dayOfJob } from './calendar/one-day.ts'
import { changeJob } from './change.ts'
import { createJob } from './create.ts'
import { deleteJob } from './delete.ts'
import { holdRun, releaseRun } from './hold-run.ts'
import { endLate, expectLate, skipJob } from './late.ts'
import { countJobs, jobsAtRisk, listJobs } from './list.ts'
import { archiveJob, pauseJob, restoreJob, resumeJob } from './pause.ts'
import { endPingKey, makePingKey, readPingKeys } from './ping-keys.ts'
import { previewSchedule } from './preview.ts'
import { readRun, runsOfJob } from './runs.ts'
import { readJob } from './show.ts'

export const jobsRoutes: AnyRouter = handlers(jobs, {
  list: read(listJobs),
  counts: read(countJobs),
  atRisk: read(jobsAtRisk),
  calendar: read(jobsCalendar),
  day: read(dayOfJob),
  preview: read(previewSchedule),
  create: act(createJob),
  read: read(readJob),
  change: act(changeJob),
  delete: act(deleteJob),
  pause: act(pauseJob),
  resume: act(resumeJob),
  expectLate: act(expectLate),
  endLate: act(endLate),
  skip: act(skipJob),
  holdRun: act(holdRun),
  releaseRun: act(releaseRun),
  archive: act(archiveJob),
  restore: act(restoreJob),
  runs: read(runsOfJob),
  run: read(readRun),
  pingKeys: read(readPingKeys),
  makePingKey: act(makePingKey),
  endPingKey: act(endPingKey),
})
