/**
 * Chains: what waits for what among the jobs of all schedulers, by when chains must be done, and whether they will be.
 * Reads the graph of a business date, passes over it after each event that touches it and each minute, draws a thousand
 * nights like it off the main thread, and tells a deadline that will probably be missed as an alert with the job to act on,
 * once for each turn for the worse, and its end. Promises that what Watchfloor did not see is not called a miss, that the
 * same night gives the same odds, and that questions change nothing. Owns deadlines, their dates and what was predicted of
 * them, edges that people have drawn, and runs of the jobs of chains in few words.
 */
import type { Feature } from '../../platform/registry-of-work.ts'
import { jobsImported } from '../imports/index.ts'
import { globalSet, jobDeleted } from '../jobs/index.ts'
import { changeDeadline } from './change.ts'
import { createDeadline } from './create.ts'
import { deadlineDeclaration } from './declare.ts'
import { deleteDeadline } from './delete.ts'
import { drawEdge, removeEdge } from './draw-edge.ts'
import { chainEvents } from './events.ts'
import { extendDeadline, takeBackExtension } from './extend.ts'
import { endFeed, makeFeed } from './feed.ts'
import { followDeletedJob } from './follow-deleted-job.ts'
import { followGlobal } from './follow-global.ts'
import { holdDeadline, releaseDeadline } from './hold.ts'
import { takeImported } from './imported.ts'
import { mountFeeds } from './mount.ts'
import { predictDeadline } from './predict-deadline.ts'
import { forgetChanges, forgetRuns } from './tidy.ts'
import { startWatch } from './watch.ts'

export { deadlinesOn } from './deadlines-on.ts'
export { nightsBetween, type PastNight } from './nights-between.ts'
export { chainsRoutes } from './routes.ts'
export { openAlertsOf as openAlertsOfDeadline } from './tell.ts'
export { businessDateIn } from './which-date.ts'

export const chains: Feature = {
  name: 'chains',
  names: [{ kind: 'deadline', table: 'chain_deadlines', column: 'name' }],
  verbs: [
    createDeadline,
    changeDeadline,
    deleteDeadline,
    extendDeadline,
    takeBackExtension,
    holdDeadline,
    releaseDeadline,
    drawEdge,
    removeEdge,
    makeFeed,
    endFeed,
  ],
  effects: [predictDeadline],
  events: chainEvents,
  reactions: [
    { event: jobsImported, verb: takeImported },
    { event: jobDeleted, verb: followDeletedJob },
    { event: globalSet, verb: followGlobal },
  ],
  declarations: [deadlineDeclaration],
  schedule: [forgetRuns, forgetChanges],
  mount: mountFeeds,
  start: startWatch,
}
