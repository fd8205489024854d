import type { ApprovalState, RequestState } from './words.ts'

/** What may be done to a request and to an approval: null when it may, else why not. Buttons, verbs and errors agree by it. */

type Ruled = { number: string; state: RequestState; ticketOpen: boolean }

const over = ({ number, ticketOpen }: Ruled): string | null =>
  ticketOpen ? null : `${number} is over: nothing is done for it any more.`

export const canRequest = {
  /** Steps are done once it is approved. */
  tick: (r: Ruled): string | null =>
    over(r) ??
    (r.state === 'approved' || r.state === 'free'
      ? null
      : `${r.number} is not approved, so nothing is done for it yet.`),
  /** Ask for the approvals anew, from the first stage. */
  askAgain: (r: Ruled & { asked: number }): string | null => {
    if (over(r)) return over(r)
    if (r.state === 'free') return `${r.number} needs no approval.`
    if (r.state === 'approved') return `${r.number} is approved.`
    return r.state === 'waiting' && r.asked > 0 ? `${r.number} waits for an answer already.` : null
  },
}

export const canApproval = {
  decide: (state: ApprovalState): string | null => {
    if (state === 'asked') return null
    if (state === 'approved' || state === 'refused') return 'It is decided already.'
    return state === 'passed_on' ? 'It was passed on to somebody else.' : 'It is not asked for any more.'
  },
}
