/**
 * The shift: what everybody at the desk should know now (announcements, on the floor, until a time or until they are
 * ended). Promises that there are never more than one can read. Owns the table `announcements`.
 */
import type { AnyRouter } from '@orpc/server'
import { shift as shiftContract } from '../../../contract/shift/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import type { FeatureParts } from '../../platform/registry-of-work.ts'
import { announce } from './announce.ts'
import { endAnnouncement, restoreAnnouncement } from './end.ts'
import { announcementEnded, announcementMade, announcementRestored } from './events.ts'
import { listAnnouncements } from './list.ts'

export const shiftRoutes: AnyRouter = handlers(shiftContract, {
  announcements: {
    list: read(listAnnouncements),
    make: act(announce),
    end: act(endAnnouncement),
    restore: act(restoreAnnouncement),
  },
})

export const shift: FeatureParts = {
  name: 'shift',
  verbs: [announce, endAnnouncement, restoreAnnouncement],
  events: [announcementMade, announcementEnded, announcementRestored],
}
