import { pageRoutes } from './page.ts'
import { policyRoutes } from './policy.ts'
import { scheduleRoutes } from './schedule.ts'

export { type PageView, pageView } from './page.ts'

export const oncall = { ...scheduleRoutes, ...policyRoutes, ...pageRoutes }
