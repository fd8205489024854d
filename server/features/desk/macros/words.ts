import { type MacroAct, pendingWords } from '../../../../contract/desk/index.ts'
import { cut } from '../../../platform/text.ts'
import { lengthWords } from '../time-words.ts'

const opening = (text: string) => cut(text.replace(/\s+/g, ' ').trim(), 60)

/** What an act of a macro does, in words. */
export const actWords = (a: MacroAct, names: ReadonlyMap<string, string> = new Map()): string => {
  switch (a.act) {
    case 'take':
      return 'take it'
    case 'assign':
      return `give it to ${names.get(a.userId) ?? 'somebody who is gone'}`
    case 'unassign':
      return 'give it back to the queue'
    case 'move':
      return `move it to ${names.get(a.teamId) ?? 'a team that is gone'}`
    case 'change':
      return [a.impact && `impact ${a.impact}`, a.urgency && `urgency ${a.urgency}`].filter(Boolean).join(', ')
    case 'reply':
    case 'note':
      return `${a.act}: ${opening(a.body)}`
    case 'resolve':
      return `resolve it: ${opening(a.resolution)}`
    case 'resume':
      return 'go on with it'
    case 'watch':
      return 'watch it'
    case 'pend':
      return `let it wait for ${pendingWords[a.reason]}${a.minutes ? `, ${lengthWords(a.minutes * 60_000)}` : ''}`
  }
}
