import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { api, query } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { useFirstField } from '../../ui/focus.tsx'
import { useFormDraft } from '../../ui/form-draft.ts'
import { Columns, Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Loading } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import { AskFields } from './AskFields.tsx'
import { Consequence } from './Consequence.tsx'
import { listKeys, type Reader, useReader } from './data.ts'
import styles from './desk.module.css'
import { SuggestWhileWriting } from './knowledge/SuggestWhileWriting.tsx'
import { draftKey, type Given, inputOf, ticketDraft } from './new-ticket.ts'
import { TicketFields } from './TicketFields.tsx'

const fields = [
  'title',
  'description',
  'kind',
  'serviceId',
  'environment',
  'requesterId',
  'teamId',
  'via',
  'impact',
  'urgency',
  'page',
]

/** A new ticket: what it is about, and what happens when it is opened. */
export function NewTicket() {
  const reader = useReader()
  return reader ? (
    <Form reader={reader} />
  ) : (
    <Page title="New ticket">
      <Loading />
    </Page>
  )
}

/** What the server would make of it: read anew when the facts change, and each half minute as cut-offs come closer. */
const useProposal = (given: Given, reader: Reader) =>
  useQuery({
    ...query.desk.proposal.queryOptions({
      input: {
        kind: given.kind,
        environment: given.environment,
        ...(given.service && { serviceId: given.service.id }),
        ...(given.impact !== 'rule' && { impact: given.impact }),
        ...(given.urgency !== 'rule' && { urgency: given.urgency }),
      },
    }),
    enabled: reader.desk,
    refetchInterval: 30_000,
    placeholderData: (before) => before,
  })

function Form({ reader }: { reader: Reader }) {
  const navigate = useNavigate()
  const { value: given, set: setGiven, forget } = useFormDraft(draftKey(reader.id), ticketDraft)
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const set = (change: Partial<Given>) => setGiven((before) => ({ ...before, ...change }))
  useFirstField(form, 'input[name="title"]')
  const proposal = useProposal(given, reader)
  const act = useAct(api.desk.open, {
    fields,
    refresh: listKeys(),
    done: ({ ticket, page }) => {
      forget()
      toast(`${ticket.number} is open.${page ? ` ${page}` : ''}`)
      void navigate({ to: paths.ticket(ticket.number) })
    },
  })
  const missing = given.title.trim() ? undefined : 'Say in a line what it is about.'
  const submit = () => {
    setTried(true)
    if (missing) form.current?.querySelector<HTMLInputElement>('input[name="title"]')?.focus()
    else if (!act.busy) act.run(inputOf(given, reader))
  }
  const problems = { ...act.problems, title: (tried ? missing : undefined) ?? act.problems.title }
  const body = { given, set, problems, reader, proposal: proposal.data }
  return (
    <Page
      title={reader.desk ? 'New ticket' : 'Ask for help'}
      words={reader.desk ? undefined : 'you can follow here what becomes of it'}
      acts={
        <>
          <Act label="Cancel" k="Escape" to={paths.queue()} />
          <Act
            label={reader.desk ? 'Open ticket' : 'Send to support'}
            k="mod+Enter"
            kind="primary"
            busy={act.busy}
            run={submit}
          />
        </>
      }
    >
      <Columns of={reader.desk ? 'minmax(0, 1fr) minmax(0, 420px)' : 'minmax(0, 640px)'}>
        <Panel label="What it is about" pad>
          <form
            ref={form}
            noValidate
            className={styles.fields}
            onSubmit={(event) => {
              event.preventDefault()
              submit()
            }}
          >
            {reader.desk ? <TicketFields {...body} /> : <AskFields {...body} />}
            {act.failed && (
              <div role="alert">
                <Callout tone="down">{act.failed}</Callout>
              </div>
            )}
            {/* Enter in a line sends it, as in every form; the button stands at the top. */}
            <input type="submit" hidden />
          </form>
        </Panel>
        {reader.desk && (
          <div className={styles.column}>
            <SuggestWhileWriting
              told={{ text: `${given.title}\n${given.description}`, serviceId: given.service?.id }}
            />
            <Consequence given={given} proposal={proposal} />
          </div>
        )}
      </Columns>
    </Page>
  )
}
