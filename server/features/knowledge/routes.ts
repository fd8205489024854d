import type { AnyRouter } from '@orpc/server'
import { knowledge as knowledgeContract } from '../../../contract/knowledge/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { changeKnowledge } from './change.ts'
import { createKnowledge } from './create.ts'
import { listKnowledge, readKnowledge } from './list.ts'
import { bringBackKnowledge, publishKnowledge, retireKnowledge, unpublishKnowledge } from './publish.ts'
import { suggestKnowledge } from './suggest.ts'
import { listVersions, readVersion, restoreVersion } from './versions.ts'

export const knowledgeRoutes: AnyRouter = handlers(knowledgeContract, {
  list: read(listKnowledge),
  suggestions: read(suggestKnowledge),
  read: read(readKnowledge),
  create: act(createKnowledge),
  change: act(changeKnowledge),
  publish: act(publishKnowledge),
  unpublish: act(unpublishKnowledge),
  retire: act(retireKnowledge),
  bringBack: act(bringBackKnowledge),
  versions: read(listVersions),
  version: read(readVersion),
  restore: act(restoreVersion),
})
