import type { z } from 'zod'
import type { knowledgeItem, knowledgeRow, knowledgeWords, stepView } from '../../../contract/knowledge/shapes.ts'
import type { KnowledgeKind, KnowledgeState } from '../../../contract/knowledge/words.ts'
import type { Tone } from '../../ui/Marks.tsx'

export type Row = z.output<typeof knowledgeRow>
export type Item = z.output<typeof knowledgeItem>
export type Words = z.output<typeof knowledgeWords>
export type Step = z.output<typeof stepView>

export const kindWords: Record<KnowledgeKind, string> = {
  article: 'Article',
  known_error: 'Known error',
  runbook: 'Runbook',
}
export const kinds = Object.keys(kindWords) as KnowledgeKind[]

export const stateWords: Record<KnowledgeState, { word: string; title: string; tone: Tone }> = {
  draft: { word: 'draft', title: 'Drafts', tone: 'off' },
  published: { word: 'published', title: 'Published', tone: 'ok' },
  retired: { word: 'retired', title: 'Retired', tone: 'off' },
}
export const states = Object.keys(stateWords) as KnowledgeState[]

export const stepWords: Record<Step['kind'], string> = { read: 'Read', decide: 'Decide', do: 'Do' }

/** 'used 4 times, helped 3 times' */
export const usedWords = ({ uses, helped }: { uses: number; helped: number }): string => {
  const times = (n: number) => (n === 1 ? 'once' : `${n.toLocaleString('en-GB')} times`)
  if (uses === 0) return 'not used yet'
  return `used ${times(uses)}${helped > 0 ? `, helped ${times(helped)}` : ''}`
}
