import { z } from 'zod'
import { pageOf, route } from '../base.ts'
import * as i from './inputs.ts'
import * as s from './shapes.ts'

export * from './can.ts'
export * from './inputs.ts'
export * from './run.ts'
export * from './shapes.ts'
export * from './words.ts'

const tags = ['knowledge']
const acted = (method: 'POST' | 'DELETE', path: `/${string}`, summary: string) =>
  route.route({ method, path, summary, tags }).input(i.knowledgeIdInput).output(s.knowledgeItem)

/** What is known: articles, known errors and runbooks, with their versions, and what of it may help now. */
export const knowledge = {
  list: route
    .route({ method: 'GET', path: '/knowledge', summary: 'Articles, known errors and runbooks', tags })
    .input(i.listKnowledgeInput)
    .output(pageOf(s.knowledgeRow)),
  suggestions: route
    .route({
      method: 'GET',
      path: '/knowledge/suggestions',
      summary: 'What is known that may help with what is told, and why',
      tags,
    })
    .input(i.suggestInput)
    .output(z.object({ items: z.array(s.knowledgeSuggestion) })),
  read: route
    .route({ method: 'GET', path: '/knowledge/{id}', summary: 'An article, a known error or a runbook', tags })
    .input(i.knowledgeIdInput)
    .output(s.knowledgeItem),
  create: route
    .route({ method: 'POST', path: '/knowledge', summary: 'Write something new, as a draft', tags, successStatus: 201 })
    .input(i.createKnowledgeInput)
    .output(s.knowledgeItem),
  change: route
    .route({ method: 'PATCH', path: '/knowledge/{id}', summary: 'Change it; that makes a version', tags })
    .input(i.changeKnowledgeInput)
    .output(s.knowledgeItem),
  publish: acted('POST', '/knowledge/{id}/publication', 'Publish it: from now on it is suggested'),
  unpublish: acted('DELETE', '/knowledge/{id}/publication', 'Take it back to a draft'),
  retire: acted('POST', '/knowledge/{id}/retirement', 'Retire it: it is kept and not suggested any more'),
  bringBack: acted('DELETE', '/knowledge/{id}/retirement', 'Bring it back, as a draft'),
  versions: route
    .route({ method: 'GET', path: '/knowledge/{id}/versions', summary: 'Its versions, newest first', tags })
    .input(i.versionsInput)
    .output(pageOf(s.knowledgeVersion)),
  version: route
    .route({ method: 'GET', path: '/knowledge/{id}/versions/{version}', summary: 'One version, whole', tags })
    .input(i.versionInput)
    .output(s.knowledgeVersionFull),
  restore: route
    .route({
      method: 'POST',
      path: '/knowledge/{id}/versions/{version}/restoration',
      summary: 'Take the words of an earlier version again, as a new version',
      tags,
    })
    .input(i.versionInput)
    .output(s.knowledgeItem),
}
