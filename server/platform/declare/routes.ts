import type { AnyRouter } from '@orpc/server'
import { declarations } from '../../../contract/declarations.ts'
import { handlers } from '../http/handlers.ts'
import { act, read } from '../http/request.ts'
import { applyDeclarations } from './apply.ts'
import { exportDeclarations } from './export.ts'

export const declarationRoutes: AnyRouter = handlers(declarations, {
  apply: act(applyDeclarations),
  export: read(exportDeclarations),
})
