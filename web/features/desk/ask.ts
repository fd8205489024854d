import { useState } from 'react'
import type { TicketDetail } from '../../../contract/desk/shapes.ts'
import { formProblems } from '../../parts/use-act.ts'
import { useTextDraft } from '../../ui/form-draft.ts'
import type { Reader } from './data.ts'
import type { Doing, Outcome } from './use-acts.ts'
import { namesOf } from './words.ts'

/** `on`: when it is done to other tickets than those that were chosen, such as the one that takes them in. */
export type Perform = (doing: Omit<Doing, 'numbers'> & { on?: readonly string[] }) => Promise<Outcome>

/** What every question before an act is given. */
export type AskProps = {
  numbers: readonly string[]
  /** The ticket, when it is one and was read. */
  ticket: TicketDetail | undefined
  /** Of those that a list shows, by number. */
  titles?: ReadonlyMap<string, string> | undefined
  reader: Reader
  perform: Perform
  onClose: () => void
}

/** 'INC-5', 'INC-1 and INC-2', '5 tickets'. */
export const aboutWhat = ({ numbers }: Pick<AskProps, 'numbers'>): string => namesOf(numbers)

/** Where the words of a question are kept that was left without an answer: `act` names the question. */
export const askKey = (act: string, { numbers, reader }: Pick<AskProps, 'numbers' | 'reader'>): string =>
  `watchfloor.draft ${act} ${numbers.join(' ')} ${reader.id}`

/** The words of a question that asks for one text. */
export const useAskDraft = (act: string, props: Pick<AskProps, 'numbers' | 'reader'>) =>
  useTextDraft(askKey(act, props))

/**
 * Sends a form that asks before an act: closes when it was done, else keeps what was written and says what is wrong.
 * `forget` empties its draft when it was done.
 */
export const useAsk = ({ perform, onClose }: AskProps, fields: readonly string[], forget?: () => void) => {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  return {
    busy,
    ...formProblems(error, fields),
    send: async (doing: Omit<Doing, 'numbers' | 'inForm'>) => {
      setBusy(true)
      const outcome = await perform({ ...doing, inForm: true })
      setBusy(false)
      setError(outcome.error)
      if (outcome.done.length === 0) return
      forget?.()
      onClose()
    },
  }
}
