import type { MacroAct } from '../../../../contract/desk/macros.ts'

/** An act while it is written: every field as text, and a key of its own for the list. */
export type DraftAct = {
  key: number
  act: MacroAct['act']
  userId: string | null
  teamId: string | null
  impact: string | null
  urgency: string | null
  text: string
  reason: string | null
  minutes: number | null
}

export const actLabels: Record<MacroAct['act'], string> = {
  take: 'Take it',
  assign: 'Give it to a person',
  unassign: 'Give it back to the queue',
  move: 'Move it to a team',
  change: 'Set impact and urgency',
  reply: 'Reply',
  note: 'Write a note',
  pend: 'Let it wait',
  resume: 'Go on with it',
  watch: 'Watch it',
  resolve: 'Resolve it',
}

let last = 0

export const draftOf = (given: MacroAct): DraftAct => {
  const has = given as Partial<Record<string, unknown>> & { act: MacroAct['act'] }
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  last += 1
  return {
    key: last,
    act: has.act,
    userId: text(has.userId),
    teamId: text(has.teamId),
    impact: text(has.impact),
    urgency: text(has.urgency),
    text: text(has.body) ?? text(has.resolution) ?? '',
    reason: text(has.reason) ?? (has.act === 'pend' ? 'user' : null),
    minutes: typeof has.minutes === 'number' ? has.minutes : null,
  }
}

/** Why an act cannot be saved yet. */
export const missingIn = (act: DraftAct): string | undefined => {
  const written = act.text.trim() !== ''
  if (act.act === 'assign' && !act.userId) return 'Choose the person.'
  if (act.act === 'move' && !act.teamId) return 'Choose the team.'
  if (act.act === 'change' && !act.impact && !act.urgency) return 'Choose the impact or the urgency.'
  if ((act.act === 'reply' || act.act === 'note') && !written) return `Write the ${act.act}.`
  if (act.act === 'resolve' && !written) return 'Write what solved it.'
  if (act.act === 'pend' && act.reason === 'scheduled' && !act.minutes) return 'Say for how many minutes it waits.'
  return undefined
}

export const readyActs = (acts: readonly DraftAct[]): MacroAct[] => acts.map(ready)

const ready = (d: DraftAct): MacroAct => {
  const { act } = d
  if (act === 'assign') return { act, userId: d.userId ?? '' }
  if (act === 'move') return { act, teamId: d.teamId ?? '' }
  if (act === 'reply' || act === 'note') return { act, body: d.text }
  if (act === 'resolve') return { act, resolution: d.text }
  const given = {
    ...(act === 'change' && d.impact && { impact: d.impact }),
    ...(act === 'change' && d.urgency && { urgency: d.urgency }),
    ...(act === 'pend' && { reason: d.reason }),
    ...(act === 'pend' && d.minutes && { minutes: d.minutes }),
  }
  return { act, ...given } as MacroAct
}
