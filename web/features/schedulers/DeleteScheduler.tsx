import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import { type SchedulerDetail, schedulerKeys } from './data.ts'

type Props = { scheduler: SchedulerDetail; opened: boolean; onClose: () => void }

/** It cannot be taken back, so it is asked, with what it means. */
export function DeleteScheduler({ scheduler, opened, onClose }: Props) {
  const navigate = useNavigate()
  const remove = useAct(() => api.schedulers.delete({ id: scheduler.id }), {
    refresh: schedulerKeys,
    fields: [],
    done: () => {
      toast(`${scheduler.name} is disconnected.`)
      void navigate({ to: paths.schedulers() })
    },
  })
  return (
    <Dialog opened={opened} onClose={onClose} title={`Disconnect ${scheduler.name}`}>
      <DialogForm
        act={`Disconnect ${scheduler.name}`}
        danger
        onSubmit={() => remove.run(undefined)}
        onClose={onClose}
        busy={remove.busy}
        failed={remove.failed}
      >
        <p>
          Its jobs stay with their runs, and from then on each has to report itself, or it is called missing. Its stored
          password or token is deleted. To stop for a while, pause it instead.
        </p>
      </DialogForm>
    </Dialog>
  )
}
