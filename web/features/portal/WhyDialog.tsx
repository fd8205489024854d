import { Textarea } from '@mantine/core'
import type { QueryKey } from '@tanstack/react-query'
import { useState } from 'react'
import { useAct } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'

/** Asks for the reason of an act, which support reads. */
export function WhyDialog({
  title,
  label,
  act: words,
  send,
  refresh,
  onClose,
}: {
  title: string
  label: string
  act: string
  send: (reason: string) => Promise<unknown>
  refresh: readonly QueryKey[]
  onClose: () => void
}) {
  const [typed, setTyped] = useState('')
  const reason = typed.replace(/\s+/g, ' ').trim()
  const act = useAct(send, { fields: ['reason'], refresh, done: onClose })
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
