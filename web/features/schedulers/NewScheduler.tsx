import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Picks } from '../../ui/Picks.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { startValue } from '../../ui/schema-check.ts'
import { toast } from '../../ui/toast.ts'
import { useUrlState } from '../../ui/url.ts'
import { focusFirst, problemsAt } from '../monitors/shown-problems.ts'
import { type Kind, schedulerKeys, useKinds, useWhyNot } from './data.ts'
import { type Draft, draftProblems, fieldsOf, newDraft } from './draft.ts'
import { SchedulerEditor } from './SchedulerEditor.tsx'
import { useTest, whyNotSave } from './use-test.ts'

const title = 'Connect a scheduler'

/** A new connection; nothing is saved until it was seen what it answers. */
export function NewScheduler() {
  const { items, isError, error, refetch } = useKinds()
  const me = useMe().data
  const whyNot = useWhyNot(undefined)
  if (items?.[0] && me && !whyNot)
    return <Form kinds={items} team={me.may['scheduler.write'] === 'all' ? null : (me.teams[0]?.id ?? null)} />
  return (
    <Page title={title}>
      <Panel label={title}>
        {whyNot && <Empty title={whyNot}>What is connected already you may look at.</Empty>}
        {isError && <Failed what="The kinds could not be loaded." error={error} retry={() => void refetch()} />}
        {!whyNot && !isError && <Loading />}
      </Panel>
    </Page>
  )
}

function Form({ kinds, team }: { kinds: readonly Kind[]; team: string | null }) {
  const navigate = useNavigate()
  const [named, setNamed] = useUrlState('kind', kinds[0]?.kind ?? '')
  const kind = kinds.find((one) => one.kind === named) ?? (kinds[0] as Kind)
  const [draft, setDraft] = useState<Draft>(() => newDraft(kind, team))
  const [tried, setTried] = useState(false)
  const test = useTest(draft)
  const own = draftProblems(draft, kind)
  const save = useAct((fields: ReturnType<typeof fieldsOf>) => api.schedulers.create({ kind: draft.kind, ...fields }), {
    refresh: schedulerKeys,
    fields: ['name', 'host', 'teamId', 'intervalSeconds', ...Object.keys(draft.config).map((n) => `config.${n}`)],
    done: (made) => {
      toast(`${made.name} is connected, and is asked every ${made.intervalSeconds} s.`)
      void navigate({ to: paths.scheduler(made.id) })
    },
  })
  const complete = () => {
    setTried(true)
    return focusFirst(own)
  }
  const choose = (next: string) => {
    const other = kinds.find((one) => one.kind === next)
    if (!other) return
    setDraft({ ...draft, kind: other.kind, config: startValue(other.schema), kept: new Set() })
    setTried(false)
    setNamed(other.kind)
  }
  return (
    <Page
      title={title}
      chips={<span className="faint">nothing is saved until you have seen what it answers</span>}
      acts={
        <>
          <Act label="Cancel" k="Escape" to={paths.schedulers()} />
          <Act
            label={test.answer?.ok === false ? 'Save anyway' : 'Save and connect'}
            k="mod+Enter"
            kind="primary"
            busy={save.busy}
            not={whyNotSave(test)}
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
        change={(part) => setDraft((before) => ({ ...before, ...part }))}
        problems={problemsAt([save.problems, test.problems], own, tried)}
        test={test}
        onTest={() => {
          if (complete()) test.run()
        }}
        failed={save.failed}
        kinds={
          <Panel title="Which one">
            <Picks
              label="Which one"
              below
              value={draft.kind}
              of={kinds.map((one) => ({ value: one.kind, label: one.title, hint: one.summary }))}
              onChange={choose}
            />
          </Panel>
        }
      />
    </Page>
  )
}
