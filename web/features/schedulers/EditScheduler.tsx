import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct, useOpenedWith } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import { useParam } from '../../ui/url.ts'
import { focusFirst, problemsAt } from '../monitors/shown-problems.ts'
import { type Kind, type SchedulerDetail, schedulerKeys, useKinds, useScheduler, useWhyNot } from './data.ts'
import { type Draft, draftOf, draftProblems, fieldsOf, testOf } from './draft.ts'
import { SchedulerEditor } from './SchedulerEditor.tsx'
import { useTest, whyNotSave } from './use-test.ts'

/** Change a connection. */
export function EditScheduler() {
  const id = useParam('id')
  const found = useScheduler(id)
  const { items, ...kinds } = useKinds()
  const kind = items?.find((one) => one.kind === found.data?.kind)
  if (found.data && kind) return <Form key={id} scheduler={found.data} kind={kind} />
  const failed = found.isError ? found : kinds.isError ? kinds : undefined
  return (
    <Page title="Edit connection">
      <Panel label="Edit connection">
        {failed ? (
          <Failed what="The connection could not be loaded." error={failed.error} retry={() => void failed.refetch()} />
        ) : (
          <Loading />
        )}
      </Panel>
    </Page>
  )
}

function Form({ scheduler, kind }: { scheduler: SchedulerDetail; kind: Kind }) {
  const navigate = useNavigate()
  const { id } = scheduler
  // What was read when the form was opened: a look that comes in meanwhile must not overwrite what is typed.
  const [before] = useState(() => draftOf(scheduler))
  const opened = useOpenedWith(scheduler)
  const [draft, setDraft] = useState<Draft>(before)
  const [tried, setTried] = useState(false)
  const test = useTest(draft, id)
  const whyNot = useWhyNot(scheduler.team)
  const own = draftProblems(draft, kind)
  const isOther = JSON.stringify(testOf(draft)) !== JSON.stringify(testOf(before))
  const save = useAct((fields: ReturnType<typeof fieldsOf>) => api.schedulers.change({ id, ...fields }, opened), {
    refresh: schedulerKeys,
    fields: ['name', 'host', 'teamId', 'intervalSeconds', ...Object.keys(draft.config).map((n) => `config.${n}`)],
    done: (saved) => {
      toast(`${saved.name} is saved, and is asked now.`)
      void navigate({ to: paths.scheduler(id) })
    },
  })
  const complete = () => {
    setTried(true)
    return focusFirst(own)
  }
  return (
    <Page
      title={`Edit ${scheduler.name}`}
      acts={
        <>
          <Act label="Cancel" k="Escape" to={paths.scheduler(id)} />
          <Act
            label={test.answer?.ok === false ? 'Save anyway' : 'Save'}
            k="mod+Enter"
            kind="primary"
            busy={save.busy}
            not={whyNot ?? (isOther ? whyNotSave(test) : undefined)}
            run={() => {
              if (complete()) save.run(fieldsOf(draft, kind.title))
            }}
          />
        </>
      }
    >
      <SchedulerEditor
        kind={kind}
        draft={draft}
        change={(part) => setDraft((now) => ({ ...now, ...part }))}
        problems={problemsAt([save.problems, test.problems], own, tried)}
        test={test}
        onTest={() => {
          if (complete()) test.run()
        }}
        failed={save.failed}
      />
    </Page>
  )
}
