import { implement } from '@orpc/server'
import { oncall } from '../../../contract/oncall/index.ts'
import { act, type RequestContext, read } from '../../platform/http/request.ts'
import { answerByLink, readByLink } from './by-link.ts'
import { addOverride, removeOverride } from './overrides.ts'
import { listPages, showPage } from './page-queries.ts'
import { assignPolicy, changePolicy, createPolicy } from './policies.ts'
import { listPolicies, showPolicy } from './policy-queries.ts'
import { listOnCall, listSchedules, showCalendar, showSchedule } from './queries.ts'
import { respondToPage } from './respond.ts'
import { changeSchedule, createSchedule } from './save-schedule.ts'

const os = implement(oncall).$context<RequestContext>()

export const oncallRoutes = os.router({
  onCall: os.onCall.handler(read(listOnCall)),
  schedules: os.schedules.handler(read(listSchedules)),
  schedule: os.schedule.handler(read(showSchedule)),
  calendar: os.calendar.handler(read(showCalendar)),
  createSchedule: os.createSchedule.handler(act(createSchedule)),
  changeSchedule: os.changeSchedule.handler(act(changeSchedule)),
  addOverride: os.addOverride.handler(act(addOverride)),
  removeOverride: os.removeOverride.handler(act(removeOverride)),
  policies: os.policies.handler(read(listPolicies)),
  policy: os.policy.handler(read(showPolicy)),
  createPolicy: os.createPolicy.handler(act(createPolicy)),
  changePolicy: os.changePolicy.handler(act(changePolicy)),
  assignPolicy: os.assignPolicy.handler(act(assignPolicy)),
  pages: os.pages.handler(read(listPages)),
  page: os.page.handler(read(showPage)),
  acknowledge: os.acknowledge.handler(act(respondToPage)),
  pass: os.pass.handler(({ context, input }) => act(respondToPage)({ context, input: { ...input, answer: 'pass' } })),
  pageByLink: os.pageByLink.handler(readByLink),
  answerByLink: os.answerByLink.handler(answerByLink),
})
