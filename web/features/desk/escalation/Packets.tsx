import type { EscalationView } from '../../../../contract/desk/escalation.ts'
import type { TicketDetail } from '../../../../contract/desk/shapes.ts'
import { Facts } from '../../../ui/Facts.tsx'
import { Status, type Tone } from '../../../ui/Marks.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { Stamp } from '../../../ui/Time.tsx'
import type { Reader } from '../data.ts'
import styles from '../ticket.module.css'
import { useEscalations } from './data.ts'

const tones: Record<EscalationView['state'], Tone> = {
  pending: 'warn',
  accepted: 'ok',
  returned: 'warn',
  withdrawn: 'off',
  lapsed: 'off',
}

const Standing = ({ of }: { of: EscalationView }) => {
  const at = of.decided && (
    <>
      {' '}
      at <Stamp at={of.decided.at} />
    </>
  )
  const words = {
    pending: (
      <>
        Not accepted yet, since <Stamp at={of.sentAt} />.{' '}
        {of.from.team && `${of.from.team.name} answers for it until then.`}
      </>
    ),
    accepted: (
      <>
        {of.decided?.name} accepted it{at}.
      </>
    ),
    returned: (
      <>
        {of.decided?.name} sent it back{at}: {of.reason}
      </>
    ),
    withdrawn: (
      <>
        {of.decided?.name} took it back{at}.
      </>
    ),
    lapsed: <>The ticket was over before anybody accepted it.</>,
  }[of.state]
  return (
    <Status tone={tones[of.state]}>
      <span>{words}</span>
    </Status>
  )
}

const Words = ({ children }: { children: string }) => <div className={styles.words}>{children}</div>

const Packet = ({ of }: { of: EscalationView }) => (
  <Facts
    of={[
      { label: 'What is seen', value: <Words>{of.packet.seen}</Words> },
      { label: 'Since', value: <Stamp at={of.packet.since} /> },
      { label: 'Who is hurt', value: <Words>{of.packet.hurt}</Words> },
      { label: 'What was tried', value: <Words>{of.packet.tried}</Words> },
      { label: 'Evidence', value: <Words>{of.packet.evidence}</Words> },
      of.paged !== null && { label: 'Paged', value: of.paged },
    ]}
  />
)

/** The escalations of a ticket, the newest open, those before it folded. */
export function Packets({ ticket, reader }: { ticket: TicketDetail; reader: Reader }) {
  const found = useEscalations(ticket, reader)
  const [newest, ...before] = found.data?.items ?? []
  if (!newest) return null
  const { sentBack = 0 } = found.data ?? {}
  return (
    <Panel
      title={`${newest.state === 'returned' ? 'Sent back by' : 'Escalated to'} ${newest.to.name}`}
      words={sentBack > 0 ? `sent back ${sentBack === 1 ? 'once' : `${sentBack} times`}` : `by ${newest.from.name}`}
    >
      <div className={styles.state}>
        <Standing of={newest} />
      </div>
      <div className={styles.packet}>
        <Packet of={newest} />
      </div>
      {before.map((one) => (
        <details key={one.id} className={styles.earlier}>
          <summary>
            Packet {one.round} to {one.to.name}
          </summary>
          <Standing of={one} />
          <Packet of={one} />
        </details>
      ))}
    </Panel>
  )
}
