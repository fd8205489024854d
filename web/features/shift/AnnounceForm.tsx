import { Textarea, TextInput } from '@mantine/core'
import type { QueryKey } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { useZone } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { UntilField } from '../../ui/UntilField.tsx'
import { instantOfWall } from '../../ui/wall.ts'

export function AnnounceForm({ refresh, onClose }: { refresh: readonly QueryKey[]; onClose: () => void }) {
  const zone = useZone()
  const [title, setTitle] = useState('')
  const [body, setBody] = useState('')
  const [wall, setWall] = useState('')
  const at = wall ? instantOfWall(wall, zone) : undefined
  const until = at === undefined ? null : new Date(at).toISOString()
  const act = useAct(() => api.shift.announcements.make({ title: title.trim(), body, until }), {
    fields: ['title', 'body', 'until'],
    refresh,
    done: () => {
      toast('It stands on the floor.')
      onClose()
    },
  })
  return (
    <DialogForm
      act="Announce it"
      onSubmit={() => act.run(undefined)}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={!title.trim() && 'Say in a line what everybody should know.'}
    >
      <TextInput
        label="What should everybody know?"
        data-autofocus
        data-missing={!title.trim() || undefined}
        maxLength={120}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={act.problems.title}
      />
      <Textarea
        label="More words (Markdown)"
        minRows={3}
        autosize
        maxLength={4_000}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        error={act.problems.body}
      />
      <UntilField
        label="Until"
        description="Left empty, it is shown until somebody ends it."
        value={wall}
        onChange={setWall}
        error={act.problems.until}
      />
    </DialogForm>
  )
}
