import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import type { JsonSchema } from '../../ui/schema.ts'
import { startValue } from '../../ui/schema-check.ts'
import { toast } from '../../ui/toast.ts'
import { ActionEditor } from './ActionEditor.tsx'
import { type ActionKinds, actionKeys, useActionKinds } from './data.ts'
import { type Draft, fieldNames, type fieldsOf, newDraft } from './draft.ts'

/** A new action of schedulers. */
export function NewSchedulerAction() {
  const kinds = useActionKinds()
  const me = useMe().data
  if (kinds.data && me) {
    const all = me.may['action.write'] === 'all'
    const items = kinds.data.items.filter((one) => all || one.definedBy === 'leads')
    return <Form kinds={{ ...kinds.data, items }} teamId={all ? null : (me.teams[0]?.id ?? null)} />
  }
  return (
    <Page title="New scheduler action">
      <Panel label="New scheduler action">
        {kinds.isError ? (
          <Failed
            what="The kinds of actions could not be loaded."
            error={kinds.error}
            retry={() => void kinds.refetch()}
          />
        ) : (
          <Loading />
        )}
      </Panel>
    </Page>
  )
}

const schemaOf = (kinds: ActionKinds, kind: string) =>
  (kinds.items.find((one) => one.kind === kind)?.schema ?? {}) as JsonSchema

function Form({ kinds, teamId }: { kinds: ActionKinds; teamId: string | null }) {
  const navigate = useNavigate()
  const refresh = useRefresh(actionKeys)
  // Where no program may be run, a call over HTTP is what one can define.
  const first = kinds.programs.length > 0 && kinds.items.some(({ kind }) => kind === 'command') ? 'command' : 'http'
  const [draft, setDraft] = useState<Draft>(() => newDraft(first, schemaOf(kinds, first), teamId))
  const act = useAct((fields: ReturnType<typeof fieldsOf>) => api.acts.createAction({ kind: draft.kind, ...fields }), {
    refresh: [...actionKeys],
    fields: fieldNames(draft),
    done: (made) => {
      toast(`${made.name} stands on the pages of its jobs now.`, {
        undo: async () => {
          await api.acts.deleteAction({ id: made.id })
          await refresh()
        },
      })
      void navigate({ to: paths.schedulerActions() })
    },
  })
  return (
    <ActionEditor
      title="New scheduler action"
      kinds={kinds}
      draft={draft}
      change={(part) => setDraft((before) => ({ ...before, ...part }))}
      act={act}
      cancel={paths.schedulerActions()}
      onKind={(kind) => setDraft((before) => ({ ...before, kind, config: startValue(schemaOf(kinds, kind)) }))}
    />
  )
}
