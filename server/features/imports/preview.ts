import { z } from 'zod'
import { previewImportInput } from '../../../contract/imports/index.ts'
import { query } from '../../platform/query.ts'
import { importerKinds } from './importer-kinds.ts'
import { planImport } from './plan.ts'

/** What an import would do; nothing is written. */
export const previewImport = query('job.preview_import', {
  permission: 'job.write',
  input: previewImportInput,
  async run(ctx, input) {
    const { kind, counts, all, findings, amounts } = await planImport(ctx, input)
    return {
      kind: kind.kind,
      title: kind.title,
      counts,
      items: all.map(({ item }) => item),
      amounts: amounts.size,
      findings,
    }
  },
})

export const listImporters = query('job.importers', {
  permission: 'job.read',
  input: z.object({}),
  async run(ctx) {
    // The same for everybody; there is no row to choose.
    void ctx.scope
    return { items: [...importerKinds.values()].map(({ kind, title, help }) => ({ kind, title, help })) }
  },
})
