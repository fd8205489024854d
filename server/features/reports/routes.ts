import type { AnyRouter } from '@orpc/server'
import { reports } from '../../../contract/reports/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { read } from '../../platform/http/request.ts'
import { readMonth } from './month.ts'

export const reportsRoutes: AnyRouter = handlers(reports, { month: read(readMonth) })
