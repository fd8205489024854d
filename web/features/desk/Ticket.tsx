import { useParams } from '@tanstack/react-router'
import { priorityName } from '../../../contract/desk/priority.ts'
import type { TicketDetail } from '../../../contract/desk/shapes.ts'
import { statusOf } from '../../problem.ts'
import { Chip } from '../../ui/Chip.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { useIsPhone } from '../../ui/list.ts'
import { Priority } from '../../ui/Marks.tsx'
import { Columns, Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { RequestPanels } from '../requests/RequestPanels.tsx'
import { ClockAccounts } from './Clocks.tsx'
import { PresentPeople } from './daily/PresentPeople.tsx'
import { type Reader, useReader, useTicket } from './data.ts'
import { Packets } from './escalation/Packets.tsx'
import { Suggestions } from './knowledge/Suggestions.tsx'
import { Used } from './knowledge/Used.tsx'
import { Together } from './links/Together.tsx'
import { Paging } from './Paging.tsx'
import { mayAnswer, openPageOf } from './paging.ts'
import { Standing } from './queue-columns.tsx'
import { AtAGlance, factsOf } from './TicketFacts.tsx'
import { TicketCallouts, TicketFoot } from './TicketFoot.tsx'
import { TicketMain } from './TicketMain.tsx'
import styles from './ticket.module.css'
import { useVerbs } from './use-verbs.tsx'
import { VerbButtons } from './VerbRow.tsx'
import { type VerbName, work } from './verbs.ts'
import { capital } from './words.ts'

/** A ticket with everything about it. */
export function Ticket() {
  const { number = '' } = useParams({ strict: false })
  const reader = useReader()
  const found = useTicket(number.toUpperCase())
  if (found.data && reader) return <Opened key={found.data.id} ticket={found.data} reader={reader} />
  const none = statusOf(found.error) === 404
  return (
    <Page title={number.toUpperCase()}>
      {none && (
        <Empty title={`There is no ticket ${number.toUpperCase()} for you.`}>
          It may be a mistyped number, or a ticket that you may not see.
        </Empty>
      )}
      {found.isError && !none && (
        <Failed what={`${number} could not be loaded.`} error={found.error} retry={() => void found.refetch()} />
      )}
      {!found.isError && <Loading />}
    </Page>
  )
}

const resolveFirst: readonly VerbName[] = ['resolve', ...work.slice(0, -1)]
const rest: readonly VerbName[] = ['snooze', 'lead', 'withdraw', 'edit', 'watch', 'unwatch', 'cancel']

const Sentences = ({ of }: { of: readonly string[] }) =>
  of.map((sentence) => (
    <p key={sentence} className="muted">
      {capital(sentence)}
    </p>
  ))

function Opened({ ticket, reader }: { ticket: TicketDetail; reader: Reader }) {
  const phone = useIsPhone()
  const { runnables, dialog } = useVerbs({ reader, numbers: [ticket.number], row: ticket, ticket })
  const page = openPageOf(ticket)
  // While somebody is called, the one thing to do first is to answer.
  const answersFirst = page !== undefined && mayAnswer(page, reader, ticket.team?.id)
  const acceptsFirst = runnables.some(({ verb, not }) => verb.name === 'accept' && !not)
  return (
    <Page
      title={`${ticket.number} ${ticket.title}`}
      fill={!phone}
      long
      chips={
        <>
          {reader.desk && <Priority level={ticket.priority} />}
          <Chip>
            <Standing of={ticket} reader={reader} />
          </Chip>
          {reader.desk && <PresentPeople number={ticket.number} />}
        </>
      }
      acts={
        <VerbButtons
          runnables={runnables}
          {...(reader.desk && {
            ...(!answersFirst && { main: acceptsFirst ? 'accept' : 'resolve' }),
            of: phone ? [...(answersFirst || acceptsFirst ? work : resolveFirst), ...rest] : work,
          })}
        />
      }
    >
      <Columns of="minmax(0, 1fr) minmax(0, 400px)" fill={!phone}>
        <Panel fill={phone ? false : 'full'} label="What happened">
          {/* On a phone one would scroll past the whole timeline before one could acknowledge. */}
          {phone && (
            <div className={styles.first}>
              {reader.desk && <AtAGlance ticket={ticket} />}
              <TicketCallouts ticket={ticket} reader={reader} />
            </div>
          )}
          <div className={styles.main}>
            <TicketMain ticket={ticket} reader={reader} />
          </div>
          <div className={styles.foot}>
            <TicketFoot ticket={ticket} reader={reader} above={phone} />
          </div>
        </Panel>
        <div className={styles.side}>
          {reader.desk && <Packets ticket={ticket} reader={reader} />}
          <RequestPanels ticket={ticket} />
          <Panel
            title="Facts"
            right={reader.desk && !phone && <VerbButtons runnables={runnables} of={['watch', 'unwatch', 'edit']} />}
          >
            <Facts as="rows" of={factsOf(ticket, reader)} />
          </Panel>
          {reader.desk && <Used ticket={ticket} />}
          {reader.desk && (
            <Suggestions
              ticket={ticket}
              resolve={runnables.find(({ verb, not }) => verb.name === 'resolve' && !not)?.run}
            />
          )}
          {reader.desk && <Together ticket={ticket} reader={reader} runnables={runnables} />}
          {ticket.priorityReason && (
            <Panel title={`Why ${priorityName(ticket.priority)}, and when it is due`} pad>
              <Sentences of={[ticket.priorityReason]} />
              <ClockAccounts clocks={ticket.clocks} next={ticket.dueClock} />
              <Sentences of={ticket.derivation} />
            </Panel>
          )}
          {ticket.resolution && (
            <Panel title="What solved it" pad>
              <div className={styles.words}>{ticket.resolution}</div>
            </Panel>
          )}
          {ticket.pages.map((page) => (
            <Paging key={page.id} page={page} />
          ))}
          {reader.desk && !phone && (
            <div className={styles.rest}>
              <VerbButtons runnables={runnables} of={['snooze', 'lead', 'withdraw', 'cancel']} />
            </div>
          )}
        </div>
      </Columns>
      {dialog}
    </Page>
  )
}
