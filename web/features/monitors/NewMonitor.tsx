import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { detectionSentence } from '../../../contract/monitors/detection.ts'
import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Picks } from '../../ui/Picks.tsx'
import { Callout, Failed, Loading } from '../../ui/States.tsx'
import type { JsonSchema } from '../../ui/schema.ts'
import { startValue } from '../../ui/schema-check.ts'
import { toast } from '../../ui/toast.ts'
import { useUrlState } from '../../ui/url.ts'
import { monitorKeys, useKinds } from './data.ts'
import { type Draft, draftProblems, fieldsOf, newDraft, rhythmOf } from './draft.ts'
import { Editor } from './Editor.tsx'
import { whyNotSave } from './save.ts'
import { focusFirst, problemsAt } from './shown-problems.ts'
import { useTrial } from './use-trial.ts'

type Kind = { kind: string; title: string; summary: string; help: string; schema: JsonSchema }

/** A new monitor; nothing is saved until it was seen to answer. */
export function NewMonitor() {
  const kinds = useKinds()
  const items = kinds.data?.items as readonly Kind[] | undefined
  if (items?.[0]) return <Form kinds={items} first={items.find(({ kind }) => kind === 'http') ?? items[0]} />
  return (
    <Page title="New monitor">
      <Panel label="New monitor">
        {kinds.isError ? (
          <Failed
            what="The kinds of checks could not be loaded."
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

function Form({ kinds, first }: { kinds: readonly Kind[]; first: Kind }) {
  const navigate = useNavigate()
  const refresh = useRefresh(monitorKeys)
  const [named, setNamed] = useUrlState('kind', first.kind)
  const kind = kinds.find((one) => one.kind === named) ?? first
  const [draft, setDraft] = useState<Draft>(() => newDraft(kind.kind, kind.schema))
  const [others, setOthers] = useState<Readonly<Record<string, Draft['config']>>>({})
  const [tried, setTried] = useState(false)
  const trial = useTrial(draft)
  const own = draftProblems(draft, kind.schema)

  const save = useAct((fields: ReturnType<typeof fieldsOf>) => api.monitors.create({ kind: draft.kind, ...fields }), {
    refresh: [...monitorKeys],
    fields: [
      'name',
      'serviceId',
      'environment',
      'teamId',
      'intervalSeconds',
      'downAfter',
      'ofLooks',
      'upAfter',
      ...Object.keys(draft.config).map((name) => `config.${name}`),
    ],
    done: (made) => {
      const undo = async () => {
        await api.monitors.delete({ id: made.id })
        await refresh()
        await navigate({ to: paths.monitors() })
      }
      toast(`${made.name} is watched. ${made.detection.sentence}`, { undo })
      void navigate({ to: paths.monitor(made.id) })
    },
  })
  const problems = problemsAt([save.problems, trial.problems], own, tried)
  const choose = (next: string) => {
    const other = kinds.find((one) => one.kind === next)
    if (!other) return
    setOthers({ ...others, [draft.kind]: draft.config })
    setDraft({ ...draft, kind: other.kind, config: others[other.kind] ?? startValue(other.schema) })
    setTried(false)
    setNamed(other.kind)
  }
  const complete = () => {
    setTried(true)
    return focusFirst(own)
  }
  const tryIt = () => {
    const config = Object.fromEntries(Object.entries(own).filter(([path]) => path.startsWith('config.')))
    if (Object.keys(config).length > 0) return void complete()
    setTried(false)
    trial.run(draft)
  }
  const rhythm = rhythmOf(draft, kind.schema)
  const failing = trial.seen && ['failed', 'blind'].includes(trial.seen.outcome)
  return (
    <Page
      title="New monitor"
      chips={<span className="faint">nothing is saved until you have seen it answer</span>}
      acts={
        <>
          <Act label="Cancel" k="Escape" to={paths.monitors()} />
          <Act
            label={failing ? 'Save anyway' : 'Save and watch'}
            k="mod+Enter"
            kind="primary"
            busy={save.busy}
            not={whyNotSave(trial)}
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
        change={(part) => setDraft((before) => ({ ...before, ...part }))}
        problems={problems}
        trial={trial}
        onTry={tryIt}
        failed={save.failed}
        consequence={({ outcome }) =>
          outcome === 'failed' || outcome === 'blind' ? (
            <Callout tone={outcome === 'failed' ? 'down' : 'blind'}>
              {outcome === 'failed'
                ? `Saved like this, the monitor will be down. ${rhythm ? detectionSentence(rhythm) : ''}`
                : 'Watchfloor itself could not look, which says nothing about the target. Saved like this its state stays unknown.'}
            </Callout>
          ) : null
        }
        kinds={
          <Panel title="What to look at">
            <Picks
              label="What to look at"
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
