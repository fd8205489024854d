import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct, useOpenedWith, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Empty, Failed, Loading } from '../../ui/States.tsx'
import type { JsonSchema } from '../../ui/schema.ts'
import { toast } from '../../ui/toast.ts'
import { useParam } from '../../ui/url.ts'
import { type MonitorDetail, monitorKeys, useKinds, useMonitor, useWhyNot } from './data.ts'
import { type Draft, draftOf, draftProblems, fieldsOf, trialKey } from './draft.ts'
import { Editor } from './Editor.tsx'
import { whyNotSave } from './save.ts'
import { focusFirst, problemsAt } from './shown-problems.ts'
import { useTrial } from './use-trial.ts'

type Kind = { kind: string; title: string; summary: string; help: string; schema: JsonSchema }

/** Change a monitor, or delete it. */
export function EditMonitor() {
  const id = useParam('id')
  const found = useMonitor(id)
  const kinds = useKinds()
  const kind = (kinds.data?.items as readonly Kind[] | undefined)?.find((one) => one.kind === found.data?.kind)
  if (found.data && kind) return <Form key={id} monitor={found.data} kind={kind} />
  const failed = found.isError ? found : kinds.isError ? kinds : undefined
  return (
    <Page title="Edit monitor">
      <Panel label="Edit monitor">
        {failed && (
          <Failed what="The monitor could not be loaded." error={failed.error} retry={() => void failed.refetch()} />
        )}
        {!failed && found.data && kinds.data && (
          <Empty
            title={`This version has no check "${found.data.kind}".`}
            act={<Link to={paths.monitor(id)}>Back to the monitor</Link>}
          >
            It was made by another version of Watchfloor. It cannot be changed here.
          </Empty>
        )}
        {!failed && !(found.data && kinds.data) && <Loading />}
      </Panel>
    </Page>
  )
}

const named = ['name', 'serviceId', 'environment', 'teamId', 'intervalSeconds', 'downAfter', 'ofLooks', 'upAfter']

function Form({ monitor, kind }: { monitor: MonitorDetail; kind: Kind }) {
  const navigate = useNavigate()
  const refresh = useRefresh(monitorKeys)
  const { id } = monitor
  // What was read when the form was opened: a look that comes in meanwhile must not overwrite what is typed.
  const [before] = useState(() => draftOf(monitor))
  const opened = useOpenedWith(monitor)
  const [draft, setDraft] = useState<Draft>(before)
  const [tried, setTried] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const trial = useTrial(draft)
  const whyNot = useWhyNot()(monitor.team)
  const own = draftProblems(draft, kind.schema)
  const looksElsewhere = trialKey(draft) !== trialKey(before)
  const { config: oldConfig, ...oldFields } = fieldsOf(before)

  const save = useAct(
    ({ config, ...fields }: ReturnType<typeof fieldsOf>) =>
      api.monitors.change({ id, ...fields, ...(looksElsewhere && { config }) }, opened),
    {
      refresh: [...monitorKeys],
      fields: [...named, ...Object.keys(draft.config).map((name) => `config.${name}`)],
      done: (saved) => {
        const undo = async () => {
          await api.monitors.change({ id, ...oldFields, ...(looksElsewhere && { config: oldConfig }) })
          await refresh()
        }
        // A stored secret that was replaced cannot be brought back.
        toast(
          `${saved.name} is saved. ${saved.detection.sentence}`,
          looksElsewhere && before.kept.size > 0 ? {} : { undo },
        )
        void navigate({ to: paths.monitor(id) })
      },
    },
  )
  const complete = () => {
    setTried(true)
    return focusFirst(own)
  }
  const tryIt = () => {
    if (Object.keys(own).some((path) => path.startsWith('config.'))) return void complete()
    trial.run(draft, id)
  }
  const failing = trial.seen && ['failed', 'blind'].includes(trial.seen.outcome)
  return (
    <Page
      title={`Edit ${monitor.name}`}
      acts={
        <>
          <Act label="Cancel" k="Escape" to={paths.monitor(id)} />
          <Act label="Delete" kind="danger" run={() => setDeleting(true)} not={whyNot} />
          <Act
            label={failing && looksElsewhere ? 'Save anyway' : 'Save'}
            k="mod+Enter"
            kind="primary"
            busy={save.busy}
            not={whyNot ?? (looksElsewhere ? whyNotSave(trial) : undefined)}
            run={() => {
              if (complete()) save.run(fieldsOf(draft))
            }}
          />
        </>
      }
    >
      <Editor
        kind={kind}
        schema={kind.schema}
        draft={draft}
        change={(part) => setDraft((now) => ({ ...now, ...part }))}
        problems={problemsAt([save.problems, trial.problems], own, tried)}
        trial={trial}
        onTry={tryIt}
        failed={save.failed}
        consequence={({ outcome }) =>
          outcome === 'failed' && looksElsewhere ? (
            <Callout tone="down">Saved like this, the monitor will be down.</Callout>
          ) : null
        }
      />
      <DeleteDialog monitor={monitor} opened={deleting} onClose={() => setDeleting(false)} />
    </Page>
  )
}

/** It cannot be taken back, so it is asked, with what it means. */
function DeleteDialog({ monitor, opened, onClose }: { monitor: MonitorDetail; opened: boolean; onClose: () => void }) {
  const navigate = useNavigate()
  const remove = useAct(() => api.monitors.delete({ id: monitor.id }), {
    refresh: [...monitorKeys],
    fields: [],
    done: () => {
      toast(`${monitor.name} is deleted.`)
      void navigate({ to: paths.monitors() })
    },
  })
  return (
    <Dialog opened={opened} onClose={onClose} title={`Delete ${monitor.name}`}>
      <DialogForm
        act="Delete"
        danger
        onSubmit={() => remove.run(undefined)}
        onClose={onClose}
        busy={remove.busy}
        failed={remove.failed}
      >
        <p>
          Nobody looks at <code>{monitor.address}</code> any more, and its history goes with it.
          {monitor.alert ? ' Its open alert ends.' : ''} This cannot be taken back; to stop for a while, pause it
          instead.
        </p>
      </DialogForm>
    </Dialog>
  )
}
