import { Textarea } from '@mantine/core'
import { api } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { useTextDraft } from '../../ui/form-draft.ts'
import { toast } from '../../ui/toast.ts'
import { approvalKeys } from './data.ts'
import type { ApprovalView } from './words.ts'

export type Deciding = { approval: ApprovalView; decision: 'approve' | 'refuse' }

export const oneLine = (typed: string): string => typed.replace(/\s+/g, ' ').trim()

/** What is said of an answer; somebody may have been faster. */
export const answeredWords = (number: string, result: 'approved' | 'refused' | 'already' | 'over'): string => {
  if (result === 'approved') return `${number} is approved.`
  if (result === 'refused') return `${number} is refused, and whoever asked is told why.`
  return result === 'already' ? `You had answered ${number} already.` : `${number} needs no answer any more.`
}

function Form({ approval, decision, onClose }: Deciding & { onClose: () => void }) {
  const me = useMe().data?.id ?? ''
  const { text: typed, setText: setTyped, forget } = useTextDraft(`watchfloor.draft ${decision} ${approval.id} ${me}`)
  const reason = oneLine(typed)
  const refuse = decision === 'refuse'
  const { number } = approval.ticket
  const act = useAct(() => api.requests.approvals.decide({ id: approval.id, decision, ...(reason && { reason }) }), {
    fields: ['reason'],
    refresh: approvalKeys,
    done: ({ result }) => {
      forget()
      toast(answeredWords(number, result))
      onClose()
    },
  })
  return (
    <DialogForm
      act={refuse ? 'Refuse' : 'Approve'}
      busy={act.busy}
      failed={act.failed}
      not={refuse && !reason && 'Say why, in a line.'}
      danger={refuse}
      onSubmit={() => act.run(undefined)}
      onClose={onClose}
    >
      <p>
        {approval.requester?.name ?? 'A program'} asks for: {approval.ticket.title}
      </p>
      <Textarea
        label={refuse ? 'Why is it refused?' : 'Anything to say?'}
        description="Whoever asked reads it."
        data-autofocus
        minRows={2}
        maxLength={500}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={act.problems.reason}
      />
    </DialogForm>
  )
}

/** Asks once more, and for a reason, before it is decided: it cannot be taken back. */
export const DecideDialog = ({ deciding, onClose }: { deciding: Deciding | undefined; onClose: () => void }) => (
  <Dialog
    opened={deciding !== undefined}
    onClose={onClose}
    title={
      deciding ? `${deciding.decision === 'approve' ? 'Approve' : 'Refuse'} ${deciding.approval.ticket.number}` : ''
    }
  >
    {deciding && <Form key={deciding.approval.id} {...deciding} onClose={onClose} />}
  </Dialog>
)
