import type { AnyRouter } from '@orpc/server'
import { oncall } from '../../../contract/oncall/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { answerByLink, readByLink } from './by-link.ts'
import { listShifts, previewSchedule, showCalendar } from './calendar.ts'
import { addOverride, removeOverride } from './overrides.ts'
import { listPages, showPage } from './page-queries.ts'
import { assignPolicy, changePolicy, createPolicy, unassignPolicy } from './policies.ts'
import { listPolicies, showPolicy } from './policy-queries.ts'
import { previewPolicy } from './preview-policy.ts'
import { listOnCall, listSchedules, showSchedule } from './queries.ts'
import { respondToPage } from './respond.ts'
import { changeSchedule, createSchedule } from './save-schedule.ts'

export const oncallRoutes: AnyRouter = handlers(oncall, {
  onCall: read(listOnCall),
  schedules: read(listSchedules),
  schedule: read(showSchedule),
  calendar: read(showCalendar),
  shifts: read(listShifts),
  previewSchedule: read(previewSchedule),
  createSchedule: act(createSchedule),
  changeSchedule: act(changeSchedule),
  addOverride: act(addOverride),
  removeOverride: act(removeOverride),
  policies: read(listPolicies),
  policy: read(showPolicy),
  createPolicy: act(createPolicy),
  changePolicy: act(changePolicy),
  assignPolicy: act(assignPolicy),
  unassignPolicy: act(unassignPolicy),
  previewPolicy: read(previewPolicy),
  pages: read(listPages),
  page: read(showPage),
  acknowledge: act(respondToPage),
  pass: ({ context, input }) => act(respondToPage)({ context, input: { ...input, answer: 'pass' } }),
  pageByLink: readByLink,
  answerByLink: answerByLink,
})
