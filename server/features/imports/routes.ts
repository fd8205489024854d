import type { AnyRouter } from '@orpc/server'
import { imports } from '../../../contract/imports/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { applyImport } from './apply.ts'
import { listImporters, previewImport } from './preview.ts'

export const importsRoutes: AnyRouter = handlers(imports, {
  importers: read(listImporters),
  preview: read(previewImport),
  apply: act(applyImport),
})
