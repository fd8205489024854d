import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { TicketDetail } from '../../../contract/desk/shapes.ts'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { statusOf } from '../../problem.ts'
import { Act } from '../../ui/Act.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { useNow } from '../../ui/now.ts'
import { focusTitle, Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Empty, Failed, Loading } from '../../ui/States.tsx'
import { useZone } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { listKeys, type Reader, ticketKeys, useReader, useTicket } from '../desk/data.ts'
import { Reply } from '../desk/Reply.tsx'
import { RequestPanels } from '../requests/RequestPanels.tsx'
import { Conversation } from './Conversation.tsx'
import styles from './portal.module.css'
import { WhyDialog } from './WhyDialog.tsx'
import { standsAt } from './words.ts'

/** A ticket for whoever asked: where it stands, what was said, and what is theirs to say. */
export function MyTicket() {
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

/** What is wanted is done, and what is broken is solved. */
const ending = (request: boolean) =>
  request
    ? {
        asked: 'Is it done?',
        yes: 'It is done',
        no: 'Something is missing',
        what: 'What is missing?',
        thanks: 'Thank you. If something turns out to be missing, write here.',
      }
    : {
        asked: 'Is it solved?',
        yes: 'It is solved',
        no: 'Not solved',
        what: 'What is still wrong?',
        thanks: 'Thank you. If it comes back, write here.',
      }

const useMyActs = ({ number, kind }: TicketDetail) => {
  const refresh = [...ticketKeys(number), ...listKeys()]
  return {
    solved: useAct(() => api.desk.close({ id: number }), {
      refresh,
      done: () => {
        toast(ending(kind === 'request').thanks)
        focusTitle()
      },
    }),
    notSolved: (reason: string) => api.desk.reopen({ id: number, reason }),
    withdraw: (reason: string) => api.desk.cancel({ id: number, reason }),
    refresh,
  }
}

function Opened({ ticket, reader }: { ticket: TicketDetail; reader: Reader }) {
  const now = useNow()
  const zone = useZone()
  const acts = useMyActs(ticket)
  const [asking, ask] = useState<'notSolved' | 'withdraw'>()
  const { can } = ticket
  const mine = ticket.requester?.id === reader.id
  const words = ending(ticket.kind === 'request')
  return (
    <Page
      title={ticket.title}
      chips={<Chip>{standsAt(ticket, now, zone)}</Chip>}
      acts={mine && can.cancel.ok && <Act label="Withdraw" k="X" kind="danger" run={() => ask('withdraw')} />}
    >
      <div className="muted">
        {[
          ticket.number,
          ticket.service?.name,
          ticket.team && `with ${ticket.team.name}`,
          !mine && ticket.requester && `asked by ${ticket.requester.name}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </div>
      {ticket.state === 'resolved' && mine && (
        <Callout
          acts={
            <>
              <Act
                label={words.yes}
                k="y"
                kind="primary"
                busy={acts.solved.busy}
                run={() => acts.solved.run(undefined)}
              />
              <Act label={words.no} k="n" run={() => ask('notSolved')} />
            </>
          }
        >
          <b>{words.asked}</b>
          <div className={styles.text}>{ticket.resolution}</div>
        </Callout>
      )}
      {ticket.state === 'pending' && ticket.pendingReason === 'user' && (
        <Callout tone="warn">Support needs your answer to go on.</Callout>
      )}
      <RequestPanels ticket={ticket} />
      <Panel label="What was said">
        <Conversation ticket={ticket} me={reader.id} />
        <div className={styles.reply}>
          <Reply ticket={ticket} reader={reader} />
        </div>
      </Panel>
      {asking && (
        <WhyDialog
          {...(asking === 'withdraw'
            ? { title: 'Withdraw', label: 'Why is it not needed any more?', act: 'Withdraw it', send: acts.withdraw }
            : { title: words.no, label: words.what, act: 'Open it again', send: acts.notSolved })}
          refresh={acts.refresh}
          draft={`${asking} ${ticket.number} ${reader.id}`}
          onClose={() => ask(undefined)}
        />
      )}
    </Page>
  )
}
