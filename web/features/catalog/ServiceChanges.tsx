import { Button, Textarea, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { Act } from '../../ui/Act.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { keyset, rowsOf } from '../../ui/list.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { Moment, Timeline } from '../../ui/Timeline.tsx'
import { toast } from '../../ui/toast.ts'
import type { Service } from './words.ts'

const changesKey = query.catalog.changes.key()
refreshOn('service.change', () => [changesKey])

const originWords = { hand: '', tool: 'told by ', ticket: 'done by ' } as const

/** What was changed on it, newest first: who looks for a cause looks here. */
export function ServiceChanges({ service }: { service: Service }) {
  const may = useMay('change.write') !== undefined
  const [noting, setNoting] = useState(false)
  const found = useInfiniteQuery(
    query.catalog.changes.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ id: service.id, limit: 10, ...(cursor && { cursor }) }),
      ...keyset,
    }),
  )
  const rows = rowsOf(found.data)
  return (
    <Panel
      title="What was changed"
      right={may && !service.archived && <Act label="Note a change" k="n" run={() => setNoting(true)} />}
      pad
      foot={
        found.hasNextPage && (
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show earlier
          </Button>
        )
      }
    >
      {!rows && found.isError && (
        <Failed what="The changes could not be read." error={found.error} retry={() => void found.refetch()} />
      )}
      {!rows && !found.isError && <Loading lines={2} />}
      {rows?.length === 0 && (
        <div className="muted">
          Nothing yet. Tools tell of changes by themselves; change tickets stand here when they are done.
        </div>
      )}
      {rows && rows.length > 0 && (
        <Timeline label={`What was changed on ${service.name}`}>
          {rows.map(({ id, at, title, environment, by, origin, details }) => (
            <Moment key={id} at={at}>
              {title}{' '}
              <span className="faint">
                {environment} · {originWords[origin]}
                {by}
              </span>
              {details && <div className="muted">{details}</div>}
            </Moment>
          ))}
        </Timeline>
      )}
      <Dialog opened={noting} onClose={() => setNoting(false)} title={`What was changed on ${service.name}?`}>
        <NoteForm service={service} onClose={() => setNoting(false)} />
      </Dialog>
    </Panel>
  )
}

function NoteForm({ service, onClose }: { service: Service; onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [details, setDetails] = useState('')
  const refresh = useRefresh([changesKey])
  const act = useAct(() => api.catalog.changes.note({ id: service.id, title: title.trim(), details }), {
    fields: ['title', 'details'],
    refresh: [changesKey],
    done: ({ id }) => {
      toast('The change is noted.', {
        undo: async () => {
          await api.catalog.changes.remove({ id: service.id, changeId: id })
          await refresh()
        },
      })
      onClose()
    },
  })
  return (
    <DialogForm
      act="Note it"
      onSubmit={() => act.run(undefined)}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={!title.trim() && 'Say in a line what was changed.'}
    >
      <TextInput
        label="What was changed?"
        data-autofocus
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        error={act.problems.title}
      />
      <Textarea
        label="More words"
        minRows={3}
        value={details}
        onChange={(event) => setDetails(event.currentTarget.value)}
        error={act.problems.details}
      />
    </DialogForm>
  )
}
