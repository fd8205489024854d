import { Textarea } from '@mantine/core'
import type { QueryKey } from '@tanstack/react-query'
import { useAct } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { useTextDraft } from '../../ui/form-draft.ts'

/** Asks for the reason of an act, which support reads. */
export function WhyDialog({
  title,
  label,
  act: words,
  send,
  refresh,
  draft,
  onClose,
}: {
  title: string
  label: string
  act: string
  send: (reason: string) => Promise<unknown>
  refresh: readonly QueryKey[]
  /** Under which it is kept until it is sent. */
  draft: string
  onClose: () => void
}) {
  const { text: typed, setText: setTyped, forget } = useTextDraft(`watchfloor.draft ${draft}`)
  const reason = typed.replace(/\s+/g, ' ').trim()
  const done = () => {
    forget()
    onClose()
  }
  const act = useAct(send, { fields: ['reason'], refresh, done })
  return (
    <Dialog opened onClose={onClose} title={title}>
      <DialogForm
        act={words}
        busy={act.busy}
        failed={act.failed}
        not={!reason && 'Say why, in a line.'}
        onSubmit={() => act.run(reason)}
        onClose={onClose}
      >
        <Textarea
          label={label}
          description="Support reads this."
          data-autofocus
          minRows={2}
          maxLength={500}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={act.problems.reason}
        />
      </DialogForm>
    </Dialog>
  )
}
