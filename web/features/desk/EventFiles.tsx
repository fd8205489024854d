import { useState } from 'react'
import type { TimelineEvent } from '../../../contract/base.ts'
import type { AttachmentView } from '../../../contract/desk/attachments.ts'
import { api } from '../../api.ts'
import { AttachmentList } from '../../parts/Attachments.tsx'
import { useAct } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'

/** The files that came with what an event tells. The desk removes here what should not be there. */
export function EventFiles({ event }: { event: TimelineEvent }) {
  const [removing, remove] = useState<AttachmentView>()
  const data = event.data as { attachments?: readonly AttachmentView[] } | null
  const files = data?.attachments ?? []
  if (files.length === 0) return null
  return (
    <>
      <AttachmentList of={files} onRemove={remove} />
      {removing && <RemoveFile file={removing} onClose={() => remove(undefined)} />}
    </>
  )
}

function RemoveFile({ file, onClose }: { file: AttachmentView; onClose: () => void }) {
  const act = useAct(() => api.desk.removeAttachment({ id: file.id }), { fields: [], done: onClose })
  return (
    <Dialog opened onClose={onClose} title={`Remove ${file.name}`}>
      <DialogForm
        act="Remove for good"
        danger
        busy={act.busy}
        failed={act.failed}
        onSubmit={() => act.run(undefined)}
        onClose={onClose}
      >
        <p>The file is deleted and cannot be brought back. That there was one stays to be seen.</p>
      </DialogForm>
    </Dialog>
  )
}
