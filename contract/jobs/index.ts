import { z } from 'zod'
import { done, pageOf, route } from '../base.ts'
import * as calendar from './calendar.ts'
import * as inputs from './inputs.ts'
import { pingKeyRoutes } from './ping-keys.ts'
import * as shapes from './shapes.ts'

export * from './business-days.ts'
export * from './calendar.ts'
export * from './can.ts'
export * from './filters.ts'
export * from './inputs.ts'
export * from './ping-keys.ts'
export * from './schedule.ts'
export * from './schedule-words.ts'
export * from './shapes.ts'
export * from './waits.ts'
export * from './words.ts'

const tags = ['jobs']

/** Scheduled work that we expect to hear from, with its runs. Pings themselves come to /ping/{id}, beside this API. */
export const jobs = {
  list: route
    .route({ method: 'GET', path: '/jobs', summary: 'Jobs, what needs somebody first, then by name', tags })
    .input(inputs.listJobsInput)
    .output(pageOf(shapes.jobRow)),
  counts: route
    .route({ method: 'GET', path: '/jobs/counts', summary: 'How many jobs are in which state', tags })
    .output(shapes.jobCounts),
  atRisk: route
    .route({
      method: 'GET',
      path: '/jobs/at-risk',
      summary: 'Jobs that are late or missing, or run too long, by urgency',
      tags,
    })
    .output(z.object({ items: z.array(shapes.jobAtRisk) })),
  calendar: route
    .route({ method: 'GET', path: '/jobs/calendar', summary: 'A month of jobs: what each day was like', tags })
    .input(calendar.jobCalendarInput)
    .output(calendar.jobCalendar),
  day: route
    .route({ method: 'GET', path: '/jobs/{id}/days/{date}', summary: 'A day of a job with its runs', tags })
    .input(calendar.jobDayInput)
    .output(calendar.jobDay),
  preview: route
    .route({ method: 'POST', path: '/jobs/schedule-preview', summary: 'The next times of a schedule', tags })
    .input(inputs.previewScheduleInput)
    .output(shapes.schedulePreview),
  create: route
    .route({ method: 'POST', path: '/jobs', summary: 'Add a job', tags, successStatus: 201 })
    .input(inputs.createJobInput)
    .output(shapes.jobDetail),
  read: route
    .route({ method: 'GET', path: '/jobs/{id}', summary: 'A job', tags })
    .input(inputs.jobIdInput)
    .output(shapes.jobDetail),
  change: route
    .route({ method: 'PATCH', path: '/jobs/{id}', summary: 'Change a job', tags })
    .input(inputs.changeJobInput)
    .output(shapes.jobDetail),
  delete: route
    .route({ method: 'DELETE', path: '/jobs/{id}', summary: 'Delete a job with its runs', tags })
    .input(inputs.jobIdInput)
    .output(done),
  pause: route
    .route({ method: 'POST', path: '/jobs/{id}/pause', summary: 'Expect it no more for the time being', tags })
    .input(inputs.jobIdInput)
    .output(shapes.jobDetail),
  resume: route
    .route({ method: 'DELETE', path: '/jobs/{id}/pause', summary: 'Expect it again', tags })
    .input(inputs.jobIdInput)
    .output(shapes.jobDetail),
  expectLate: route
    .route({ method: 'PUT', path: '/jobs/{id}/late', summary: 'Say that it will be late, and why', tags })
    .input(inputs.expectLateInput)
    .output(shapes.jobDetail),
  endLate: route
    .route({ method: 'DELETE', path: '/jobs/{id}/late', summary: 'Expect it in time again', tags })
    .input(inputs.jobIdInput)
    .output(shapes.jobDetail),
  skip: route
    .route({
      method: 'POST',
      path: '/jobs/{id}/skip',
      summary: 'Do not expect it at its next time, or at the one that it missed',
      tags,
    })
    .input(inputs.skipJobInput)
    .output(shapes.jobDetail),
  holdRun: route
    .route({ method: 'PUT', path: '/jobs/{id}/held-run', summary: 'Tell nobody of the run that goes on', tags })
    .input(inputs.holdRunInput)
    .output(shapes.jobDetail),
  releaseRun: route
    .route({ method: 'DELETE', path: '/jobs/{id}/held-run', summary: 'Tell of that run as ever', tags })
    .input(inputs.jobIdInput)
    .output(shapes.jobDetail),
  archive: route
    .route({ method: 'POST', path: '/jobs/{id}/archive', summary: 'Put it away; its runs are kept', tags })
    .input(inputs.jobIdInput)
    .output(shapes.jobDetail),
  restore: route
    .route({ method: 'DELETE', path: '/jobs/{id}/archive', summary: 'Take it out of the archive', tags })
    .input(inputs.jobIdInput)
    .output(shapes.jobDetail),
  runs: route
    .route({ method: 'GET', path: '/jobs/{id}/runs', summary: 'Runs that have ended, newest first', tags })
    .input(inputs.listRunsInput)
    .output(pageOf(shapes.run)),
  run: route
    .route({ method: 'GET', path: '/jobs/{id}/runs/{runId}', summary: 'A run with what it printed', tags })
    .input(inputs.runInput)
    .output(shapes.runDetail),
  ...pingKeyRoutes,
}
