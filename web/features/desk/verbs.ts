import type { TicketAct } from '../../../contract/desk/can.ts'

export type VerbName =
  | 'take'
  | 'call'
  | 'assign'
  | 'move'
  | 'priority'
  | 'wait'
  | 'resume'
  | 'resolve'
  | 'reopen'
  | 'close'
  | 'cancel'
  | 'edit'
  | 'watch'
  | 'unwatch'
  | 'link'
  | 'merge'
  | 'parent'
  | 'help'
  | 'escalate'
  | 'accept'
  | 'sendBack'
  | 'withdraw'
  | 'lead'
  | 'snooze'

export type Verb = {
  name: VerbName
  /** On the button and in the palette. */
  label: string
  /** In the words of those who ask. */
  asker?: string
  k: string
  /** The act of the contract whose verdict counts. */
  act: TicketAct
  /** After it the next item has the cursor: nothing is left to do here. */
  moves?: boolean
}

// biome-ignore format: a table
export const verbs: readonly Verb[] = [
  { name: 'take', label: 'Take', k: 't', act: 'take' },
  { name: 'assign', label: 'Assign', k: 'a', act: 'assign', moves: true },
  { name: 'move', label: 'Move', k: 'm', act: 'move', moves: true },
  { name: 'priority', label: 'Priority', k: '!', act: 'change' },
  { name: 'wait', label: 'Wait', k: 'w', act: 'pend', moves: true },
  { name: 'resume', label: 'Go on', k: 'u', act: 'resume' },
  { name: 'link', label: 'Link', k: 'C', act: 'link' },
  { name: 'merge', label: 'Merge', k: 'D', act: 'merge', moves: true },
  { name: 'parent', label: 'Put under', k: 'U', act: 'merge' },
  { name: 'help', label: 'Helpers', k: 'T', act: 'help' },
  { name: 'escalate', label: 'Escalate', k: 'E', act: 'escalate', moves: true },
  { name: 'accept', label: 'Accept', k: 'y', act: 'acceptEscalation' },
  { name: 'sendBack', label: 'Send back', k: 'v', act: 'sendBackEscalation', moves: true },
  { name: 'withdraw', label: 'Take escalation back', k: 'B', act: 'withdrawEscalation' },
  { name: 'lead', label: 'Escalate to lead', k: 'L', act: 'escalateUp' },
  { name: 'snooze', label: 'Later', k: 'b', act: 'take', moves: true },
  { name: 'call', label: 'Log a call', k: 'O', act: 'callOut' },
  { name: 'edit', label: 'Edit', k: 'f', act: 'change' },
  { name: 'watch', label: 'Watch', k: 's', act: 'watch' },
  { name: 'unwatch', label: 'Stop watching', k: 's', act: 'watch' },
  { name: 'reopen', label: 'Reopen', asker: 'It is not solved', k: 'o', act: 'reopen' },
  { name: 'close', label: 'Close', asker: 'It is solved, close it', k: 'd', act: 'close', moves: true },
  { name: 'cancel', label: 'Cancel ticket', asker: 'I do not need it any more', k: 'X', act: 'cancel', moves: true },
  { name: 'resolve', label: 'Resolve', k: 'e', act: 'resolve', moves: true },
]

/** What somebody who asks may do; the rest is the desk's. */
export const askerVerbs: readonly VerbName[] = ['reopen', 'close', 'cancel', 'watch', 'unwatch']

/** What stands as buttons on a ticket, on its page and beside the list, as far as it can be done. */
export const work: readonly VerbName[] = [
  'accept',
  'sendBack',
  'take',
  'assign',
  'move',
  'escalate',
  'priority',
  'wait',
  'resume',
  'reopen',
  'close',
  'resolve',
]
