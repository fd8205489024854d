import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useAct } from '../../parts/use-act.ts'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import { catalogKeys } from './data.ts'

type Props = {
  name: string
  remove: () => Promise<unknown>
  /** The list that is left of it. */
  list: string
  onClose: () => void
  /** What it means. */
  children: ReactNode
}

/** It cannot be taken back, so it is asked, with what it means. */
export function DeleteForm({ name, remove, list, onClose, children }: Props) {
  const navigate = useNavigate()
  const act = useAct(remove, {
    refresh: catalogKeys,
    fields: [],
    done: () => {
      toast(`${name} is deleted.`)
      void navigate({ to: list })
    },
  })
  return (
    <DialogForm
      act="Delete"
      danger
      onSubmit={() => act.run(undefined)}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
    >
      <p>{children} This cannot be taken back.</p>
    </DialogForm>
  )
}
