/**
 * Jobs: scheduled work that we expect to hear from. Takes in pings in the dialects of healthchecks and of other
 * products, answered only once they are kept, and makes runs of them; knows by cron, OnCalendar, period, business days,
 * the arrival of a file or the end of another job, in the job’s own zone, when each is due; and tells what did not come,
 * failed or takes too long as alerts of their own, once for each change. Promises that a
 * ping that comes twice counts once, that one that comes late is put where it belongs, that a sender's clock is never
 * trusted into the future, and that time in which Watchfloor itself was not running is not held against a job. Owns
 * jobs, their states, where they were imported from, their pings and outputs, and what is usual of their runs; and what
 * holds for all of them: when business dates begin, what variables of schedulers are now, how much there is of resources.
 */
import type { Feature } from '../../platform/registry-of-work.ts'
import { fillBars } from './bars.ts'
import { jobReactions } from './calendar-changed.ts'
import { changeJob } from './change.ts'
import { createJob } from './create.ts'
import { setCut } from './cuts.ts'
import { jobDeclaration } from './declare.ts'
import { deleteJob } from './delete.ts'
import { jobEvents } from './events.ts'
import { flipJob } from './flip.ts'
import { followJob } from './follow.ts'
import { setGlobal, tellGlobals } from './globals.ts'
import { jobsHealth } from './health.ts'
import { mountHealthchecks } from './healthchecks/mount.ts'
import { fillUniqueKeys } from './healthchecks/unique-key.ts'
import { holdRun, releaseRun } from './hold-run.ts'
import { jobForPing } from './job-for-ping.ts'
import { judgeRuns, judgeSome } from './judge.ts'
import { endLate, expectLate, skipJob } from './late.ts'
import { jobMetrics } from './metrics.ts'
import { mountDialects } from './mount-dialects.ts'
import { mountPings } from './mount-pings.ts'
import { tellHold } from './origins/tell-holds.ts'
import { mountOutputs } from './outputs/download.ts'
import { tidyOutputs, unlinkOutput } from './outputs/tidy.ts'
import { archiveJob, pauseJob, restoreJob, resumeJob } from './pause.ts'
import { createPingIntake } from './ping-intake.ts'
import { endPingKey, makePingKey, SEALED_PING_KEY } from './ping-keys.ts'
import { startPingMail } from './ping-mail.ts'
import { setResource } from './resources.ts'
import { resumedJob } from './resumed.ts'
import { startSweep } from './sweep.ts'
import { forgetPingIds } from './tidy.ts'

export { type DateOrder, dayOf, daysIn, momentOf, orderOf } from './autosys-dates.ts'
export { boundsOf, businessDateOf, type Dating } from './business-date.ts'
export { cutsNow, readCuts, setCut } from './cuts.ts'
export { type DayClass, dayClassesOf } from './day-class.ts'
export { globalSet, jobDeleted } from './events.ts'
export { globalsNow, readGlobals, setGlobal } from './globals.ts'
export { statusAt } from './job-rows.ts'
export { spanWords, wallWords, zonedWords, zoneOf } from './job-words.ts'
export { hasRun, lastRunOf } from './last-run.ts'
export { type Known, knownJobs } from './origins/known-jobs.ts'
export { tellHolds } from './origins/tell-holds.ts'
export { type Said, type Usual, writeImported } from './origins/write-imported.ts'
export { keptRuns, type PastRun, writePastRuns } from './origins/write-past-runs.ts'
export { unobservedUntil } from './overdue.ts'
export { knownAmounts, readResources, setResource, unitsFor, writeAmounts } from './resources.ts'
export { jobsRoutes } from './routes.ts'
export { type BusinessDays, businessDaysOf } from './schedule/open-calendars.ts'
export { afterOf, readSchedule } from './schedule/schedule.ts'
export { claimJobs, jobsNamed } from './sights/claim-jobs.ts'
export { type RunReport, reportRuns } from './sights/report-runs.ts'
export { advanceSight, blindSight, closeSight, openSight, sightsOf } from './sights/sight-rows.ts'
export { observedSpans } from './sweep.ts'
export { openAlertsOf } from './tell.ts'
export { namesIn, waitsOf } from './waits.ts'
export { createJob }

export const jobs: Feature = {
  name: 'jobs',
  names: [{ kind: 'job', table: 'jobs', column: 'name' }],
  verbs: [
    createJob,
    changeJob,
    deleteJob,
    setCut,
    setGlobal,
    setResource,
    tellGlobals,
    pauseJob,
    resumeJob,
    archiveJob,
    restoreJob,
    flipJob,
    judgeSome,
    followJob,
    resumedJob,
    jobForPing,
    tellHold,
    expectLate,
    endLate,
    skipJob,
    holdRun,
    releaseRun,
    makePingKey,
    endPingKey,
  ],
  events: jobEvents,
  reactions: jobReactions,
  declarations: [jobDeclaration],
  effects: [unlinkOutput],
  schedule: [forgetPingIds, judgeRuns, tidyOutputs],
  sealed: [{ table: 'ping_keys', key: 'team_id', column: 'ping_key', purpose: SEALED_PING_KEY }],
  health: jobsHealth,
  async intake(http, platform) {
    const intake = createPingIntake(platform)
    await mountPings(http, intake, platform.config)
    await mountDialects(http, intake)
  },
  async mount(http, platform, authenticate) {
    await mountOutputs(http, platform, authenticate)
    await mountHealthchecks(http, platform)
    jobMetrics(platform)
  },
  async start(platform) {
    const stopped = new AbortController()
    // Once after the update that brought them; nobody waits for it.
    const keyed = fillUniqueKeys(platform.db).catch((error) =>
      platform.log.warn(
        { err: (error as Error).message },
        'could not give jobs their unique keys; the next start does',
      ),
    )
    const filled = Promise.all([keyed, fillBars(platform, stopped.signal)])
    const parts = await Promise.all([startSweep(platform), startPingMail(platform)])
    return {
      idle: async () => void (await Promise.all([filled, ...parts.map((part) => part.idle())])),
      stop: async () => {
        stopped.abort()
        await Promise.all([filled, ...parts.map((part) => part.stop())])
      },
    }
  },
}
