import { Button, Textarea } from '@mantine/core'
import type { QueryKey } from '@tanstack/react-query'
import { api } from '../../../api.ts'
import { useAct } from '../../../parts/use-act.ts'
import { Act } from '../../../ui/Act.tsx'
import { useTextDraft } from '../../../ui/form-draft.ts'
import { ariaKey, Kbd } from '../../../ui/Kbd.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { Markdown } from '../../../ui/Markdown.tsx'
import { Stamp } from '../../../ui/Time.tsx'
import { type Step, stepWords } from '../../knowledge/words.ts'
import { ticketKeys, useReader } from '../data.ts'
import { type Linked, linkedKey } from './data.ts'
import styles from './knowledge.module.css'

type Done = Linked['done'][number]

/** A runbook that is followed: what was done by whom, and the step to do now. Whoever comes later goes on there. */
export function Follow({ link, number, keys }: { link: Linked; number: string; keys: boolean }) {
  const refresh = [...ticketKeys(number), linkedKey(number)]
  const untick = useAct((stepId: string) => api.desk.knowledge.untick({ id: number, itemId: link.item.id, stepId }), {
    refresh,
  })
  const done = new Map(link.done.map((one) => [one.stepId, one]))
  const current = link.steps.findIndex(({ id }) => id === link.current)
  return (
    <ol className={styles.run} aria-label={`Steps of ${link.item.number}`}>
      {link.steps.map((step, at) => {
        const was = done.get(step.id)
        if (was) return <DoneStep key={step.id} step={step} at={at} done={was} takeBack={() => untick.run(step.id)} />
        if (at === current)
          return (
            <CurrentStep
              key={step.id}
              step={step}
              at={at}
              number={number}
              item={link.item}
              keys={keys}
              refresh={refresh}
            />
          )
        const passed = current === -1 || at < current
        return (
          <li key={step.id} className="faint" data-passed={passed || undefined}>
            {at + 1} {step.title}
            {passed && ', passed over'}
          </li>
        )
      })}
      {link.current === null && <li className="muted">All of it is done.</li>}
    </ol>
  )
}

const DoneStep = ({ step, at, done, takeBack }: { step: Step; at: number; done: Done; takeBack: () => void }) => (
  <li data-done>
    <span className={styles.doneLine}>
      <span>
        ✓ {at + 1} {step.title}
        {done.choice !== null && <b>: {step.options[done.choice]?.label}</b>}
      </span>
      <span className="faint">
        {done.by.name} <Stamp at={done.at} />
      </span>
      <Button variant="subtle" aria-label={`Take back step ${at + 1}`} onClick={takeBack}>
        Take back
      </Button>
    </span>
    {done.note && <div className={styles.gist}>{done.note}</div>}
  </li>
)

type CurrentProps = {
  step: Step
  at: number
  number: string
  item: Linked['item']
  keys: boolean
  refresh: readonly QueryKey[]
}

function CurrentStep({ step, at, number, item, keys, refresh }: CurrentProps) {
  const reader = useReader()
  const draft = `watchfloor.draft step ${number} ${item.number} ${step.id} ${reader?.id}`
  const { text: note, setText: setNote, forget } = useTextDraft(draft)
  const { busy, run: tick } = useAct(
    (given: { note: string; choice?: number }) =>
      api.desk.knowledge.tick({ id: number, itemId: item.id, stepId: step.id, ...given }),
    { refresh, done: forget },
  )
  const done = (choice?: number) => !busy && tick({ note: note.trim(), ...(choice !== undefined && { choice }) })
  const decides = step.kind === 'decide'
  useKeys([{ key: '.', label: `Step ${at + 1} is done`, run: () => done() }], { when: keys && !decides })
  return (
    <li className={styles.now} aria-current="step">
      <div>
        <span className="faint">
          {at + 1} {stepWords[step.kind]}
        </span>{' '}
        <b>{step.title}</b>
      </div>
      {step.body && <Markdown text={step.body} />}
      <Textarea
        aria-label={`What was seen at step ${at + 1}`}
        placeholder="What was seen, kept on the ticket"
        autosize
        minRows={1}
        maxRows={8}
        maxLength={5000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={styles.acts}>
        {decides ? (
          step.options.map((option, index) => (
            // The digits alone belong to the checklist of a request.
            <Act
              key={option.label}
              label={option.label}
              hint={step.title}
              busy={busy}
              run={() => done(index)}
              {...(keys && index < 9 && { k: `. ${index + 1}` })}
            />
          ))
        ) : (
          <Button
            variant="filled"
            loading={busy}
            rightSection={keys && <Kbd k="." />}
            aria-keyshortcuts={keys ? ariaKey('.') : undefined}
            onClick={() => done()}
          >
            {step.kind === 'read' ? 'Read' : 'Done'}
          </Button>
        )}
      </div>
    </li>
  )
}
