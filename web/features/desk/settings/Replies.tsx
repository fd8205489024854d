import { Button, Textarea, TextInput } from '@mantine/core'
import { skipToken, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReplyView } from '../../../../contract/desk/macros.ts'
import { api, query } from '../../../api.ts'
import { useMay } from '../../../parts/frame-data.ts'
import { useAct, useOpenedWith, useRefresh } from '../../../parts/use-act.ts'
import { Act } from '../../../ui/Act.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { DialogForm } from '../../../ui/DialogForm.tsx'
import { keyset, rowsOf } from '../../../ui/list.ts'
import { Panel } from '../../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../../ui/States.tsx'
import { toast } from '../../../ui/toast.ts'
import { FieldsHint } from './FieldsHint.tsx'
import { ForTeam } from './ForTeam.tsx'
import { Listed } from './Listed.tsx'
import styles from './settings.module.css'

const keys = [query.desk.cannedReplies.key(), query.desk.filledReplies.key()]

function Form({ reply, onClose }: { reply: ReplyView | undefined; onClose: () => void }) {
  const [teamId, setTeam] = useState<string | null | undefined>(reply ? (reply.team?.id ?? null) : undefined)
  const [name, setName] = useState(reply?.name ?? '')
  const [body, setBody] = useState(reply?.body ?? '')
  const opened = useOpenedWith(reply)
  const save = useAct(
    () =>
      reply
        ? api.desk.cannedReplies.change({ id: reply.id, name, body }, opened)
        : api.desk.cannedReplies.create({ teamId: teamId ?? null, name, body }),
    {
      fields: ['name', 'body', 'teamId'],
      refresh: keys,
      done: () => {
        toast(`The canned reply ${name} is saved.`)
        onClose()
      },
    },
  )
  const not =
    teamId === undefined
      ? 'Say for whom it is.'
      : !name.trim()
        ? 'A name is needed.'
        : !body.trim() && 'Write the text.'
  return (
    <DialogForm
      act="Save"
      busy={save.busy}
      failed={save.failed}
      not={not}
      onSubmit={() => save.run(undefined)}
      onClose={onClose}
    >
      {!reply && <ForTeam value={teamId} onChange={setTeam} error={save.problems.teamId} />}
      <TextInput
        label="Name"
        data-autofocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={save.problems.name}
      />
      <Textarea
        label="Text"
        description={<FieldsHint />}
        minRows={5}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
        error={save.problems.body}
      />
    </DialogForm>
  )
}

/** Texts that can be put into a reply or a note. */
export function Replies() {
  const may = useMay('macro.write') !== undefined
  const reads = useMay('macro.read') !== undefined
  const [editing, setEditing] = useState<ReplyView | 'new'>()
  const found = useInfiniteQuery(
    query.desk.cannedReplies.list.infiniteOptions({
      input: reads ? (cursor: string | undefined) => ({ cursor, limit: 100 }) : skipToken,
      ...keyset,
    }),
  )
  const refresh = useRefresh(keys)
  const remove = useAct((reply: ReplyView) => api.desk.cannedReplies.delete({ id: reply.id }), {
    refresh: keys,
    done: (_, { name, team, body }) =>
      toast(`The canned reply ${name} is deleted.`, {
        undo: async () => {
          await api.desk.cannedReplies.create({ teamId: team?.id ?? null, name, body })
          await refresh()
        },
      }),
  })
  const items = rowsOf(found.data)
  const add = may && <Act label="New canned reply" k="i" run={() => setEditing('new')} />
  return (
    <Panel title="Canned replies" words="/ in an empty reply, or i" right={items && items.length > 0 && add}>
      {found.isError && (
        <Failed what="The canned replies could not be loaded." error={found.error} retry={() => void found.refetch()} />
      )}
      {!items && !found.isError && <Loading lines={3} />}
      {items?.length === 0 && (
        <Empty title="There is no canned reply yet." act={add}>
          A text that is written again and again, with fields for the name and the number. Whoever replies puts it in
          and changes it before it is sent.
        </Empty>
      )}
      <ul className={styles.list}>
        {items?.map((reply) => (
          <Listed
            key={reply.id}
            of={reply}
            words={reply.body}
            onEdit={() => setEditing(reply)}
            onDelete={() => remove.run(reply)}
          />
        ))}
      </ul>
      {found.hasNextPage && (
        <div className={styles.more}>
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
      {editing && (
        <Dialog
          opened
          wide
          onClose={() => setEditing(undefined)}
          title={editing === 'new' ? 'New canned reply' : `Edit ${editing.name}`}
        >
          <Form reply={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
        </Dialog>
      )}
    </Panel>
  )
}
