import type { Policy } from './data.ts'
import { newKey } from './draft.ts'

type Kind = 'schedule' | 'user' | 'team'

/** A step while it is edited; its targets as 'schedule:<id>'. The first one is taken at once. */
export type DraftStep = { key: number; delay: number | undefined; targets: readonly string[] }

export type PolicyDraft = {
  name: string
  slug: string
  teamId: string | null
  steps: readonly DraftStep[]
  repeats: number
  /** Minutes after which an acknowledged page starts again; null: never; undefined: the field is empty. */
  ackTimeout: number | null | undefined
}

const targetKey = ({ kind, id }: { kind: Kind; id: string }): string => `${kind}:${id}`

const targetOf = (key: string): { kind: Kind; id: string } => {
  const [kind = 'user', id = ''] = key.split(':')
  return { kind: kind as Kind, id }
}

export const newStep = (delay: number): DraftStep => ({ key: newKey(), delay, targets: [] })

export const newPolicy = (teamId: string | null): PolicyDraft => ({
  name: '',
  slug: '',
  teamId,
  steps: [newStep(0)],
  repeats: 1,
  ackTimeout: null,
})

export const draftOfPolicy = ({ name, slug, team, steps, repeats, ackTimeoutMinutes }: Policy): PolicyDraft => ({
  name,
  slug,
  teamId: team?.id ?? null,
  steps: steps.map(({ delayMinutes, targets }) => ({
    key: newKey(),
    delay: delayMinutes,
    targets: targets.map(targetKey),
  })),
  repeats,
  ackTimeout: ackTimeoutMinutes,
})

/** The steps as the API takes them: whichever came to stand first is taken at once. */
export const stepsOf = (steps: readonly DraftStep[]) =>
  steps.map(({ delay, targets }, index) => ({
    delayMinutes: index === 0 ? 0 : (delay ?? 0),
    targets: targets.map(targetOf),
  }))

/** What is missing, as a sentence; undefined when it can be saved. */
export const whatIsMissing = ({ name, slug, steps, ackTimeout }: PolicyDraft): string | undefined => {
  if (name.trim() === '') return 'The policy needs a name.'
  if (slug === '') return 'The policy needs a short name.'
  for (const [index, { delay, targets }] of steps.entries()) {
    if (targets.length === 0) return `Step ${index + 1}: choose to whom it turns.`
    if (index > 0 && delay === undefined) return `Step ${index + 1}: say after how many minutes.`
  }
  return ackTimeout === undefined ? 'Say after how many minutes an acknowledged page starts again.' : undefined
}
