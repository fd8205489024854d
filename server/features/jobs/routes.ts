import { implement } from '@orpc/server'
import { jobs } from '../../../contract/jobs/index.ts'
import { act, type RequestContext, read } from '../../platform/http/request.ts'
import { changeJob } from './change.ts'
import { createJob } from './create.ts'
import { deleteJob } from './delete.ts'
import { countJobs, jobsAtRisk, listJobs } from './list.ts'
import { archiveJob, pauseJob, restoreJob, resumeJob } from './pause.ts'
import { previewSchedule } from './preview.ts'
import { readRun, runsOfJob } from './runs.ts'
import { readJob } from './show.ts'

const os = implement(jobs).$context<RequestContext>()

export const jobsRoutes = os.router({
  list: os.list.handler(read(listJobs)),
  counts: os.counts.handler(read(countJobs)),
  atRisk: os.atRisk.handler(read(jobsAtRisk)),
  preview: os.preview.handler(read(previewSchedule)),
  create: os.create.handler(act(createJob)),
  read: os.read.handler(read(readJob)),
  change: os.change.handler(act(changeJob)),
  delete: os.delete.handler(act(deleteJob)),
  pause: os.pause.handler(act(pauseJob)),
  resume: os.resume.handler(act(resumeJob)),
  archive: os.archive.handler(act(archiveJob)),
  restore: os.restore.handler(act(restoreJob)),
  runs: os.runs.handler(read(runsOfJob)),
  run: os.run.handler(read(readRun)),
})
