import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { TicketDetail } from '../../../contract/desk/shapes.ts'
import { api } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Status } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { Asked } from './Asked.tsx'
import { requestKeys, useRequestOf } from './data.ts'
import { PassOnDialog } from './PassOnDialog.tsx'
import styles from './requests.module.css'
import { type Approval, type RequestView, stateTones, stateWords } from './words.ts'

type Ticket = Pick<TicketDetail, 'id' | 'kind' | 'number'>

/** The answers of the form, in the place of a description that says the same. */
export const useAnswers = (ticket: Ticket & { description: string }) => {
  const request = useRequestOf(ticket)
  if (!request || request.answers.length === 0) return undefined
  return {
    /** Somebody has written more into it since. */
    described: ticket.description !== request.summary,
    shown: (
      <section className={styles.answers} aria-label="What was asked for">
        <Facts as="rows" of={request.answers.map(({ title, text }) => ({ label: title, value: text }))} />
      </section>
    ),
  }
}

/** On a ticket that was asked for by a form: its approvals, and the checklist to tick. */
export function RequestPanels({ ticket }: { ticket: Ticket }) {
  const request = useRequestOf(ticket)
  return (
    request && (
      <>
        <Approvals request={request} />
        {request.steps.length > 0 && <Checklist request={request} />}
      </>
    )
  )
}

function Approvals({ request }: { request: RequestView }) {
  const me = useMe().data
  const [passing, setPassing] = useState<Approval>()
  const again = useAct(() => api.requests.askAgain({ id: request.id }), {
    refresh: requestKeys,
    done: () => toast(`It is asked for again; ${request.ticket.number} waits for the answer.`),
  })
  const { number } = request.ticket
  if (request.state === 'free') return null
  const mayPass = (one: Approval) =>
    request.state === 'waiting' &&
    (one.state === 'asked' || one.state === 'nobody') &&
    (request.can.delegate || one.person?.id === me?.id)
  return (
    <Panel
      title="Approval"
      words={
        request.stages > 1 && request.state === 'waiting'
          ? `stage ${request.stage + 1} of ${request.stages}`
          : undefined
      }
      right={<Status tone={stateTones[request.state]}>{stateWords[request.state]}</Status>}
      foot={
        !request.can.askAgain && (
          <Button loading={again.busy} onClick={() => again.run(undefined)}>
            Ask again
          </Button>
        )
      }
    >
      {request.approvals.map((one) => (
        <Asked
          key={one.id}
          one={one}
          acts={
            mayPass(one) && (
              <div>
                <Button onClick={() => setPassing(one)}>{one.person ? 'Ask somebody else' : 'Name somebody'}</Button>
              </div>
            )
          }
        />
      ))}
      <PassOnDialog
        passing={passing && { id: passing.id, number, from: passing.person?.name ?? null }}
        onClose={() => setPassing(undefined)}
      />
    </Panel>
  )
}

type Step = RequestView['steps'][number]

/** Ticked by a digit: 1 is the first step. */
function Checklist({ request }: { request: RequestView }) {
  const { id, steps, can } = request
  const act = useAct(
    (step: Step) => {
      const input = { id, stepId: step.id }
      return step.doneAt ? api.requests.untick(input) : api.requests.tick(input)
    },
    { refresh: requestKeys },
  )
  const turn = (step: Step) => (can.tick ? void toast(can.tick) : act.run(step))
  useKeys(
    steps.slice(0, 9).map((step, at) => ({
      key: String(at + 1),
      label: `${step.doneAt ? 'Take the tick off' : 'Tick'}: ${step.title}`,
      run: () => turn(step),
    })),
  )
  const left = steps.filter(({ required, doneAt }) => required && !doneAt).length
  return (
    <Panel
      title="Checklist"
      words={can.tick ? undefined : left === 0 ? 'nothing that is required is left' : `${left} required left`}
    >
      {can.tick && <p className={`faint ${styles.asked}`}>{can.tick}</p>}
      <ol className={styles.steps} aria-label="Checklist">
        {steps.map((step, at) => (
          <li key={step.id}>
            <Checkbox
              label={step.title}
              description={step.help || undefined}
              checked={step.doneAt !== null}
              disabled={can.tick !== null || act.busy}
              onChange={() => turn(step)}
            />
            <span className="faint">
              {!step.required && 'if needed '}
              {at < 9 && !can.tick && <Kbd k={String(at + 1)} />}
            </span>
            {step.doneAt && (
              <span className={`faint ${styles.who}`}>
                {step.doneBy}, <Stamp at={step.doneAt} />
              </span>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
