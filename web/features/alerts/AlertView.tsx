import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { Status } from '../../ui/Marks.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { Lasting } from '../../ui/Time.tsx'
import { AlertActs } from './AlertActs.tsx'
import { AlertDetails } from './AlertDetails.tsx'
import { AlertFacts } from './AlertFacts.tsx'
import { AlertHeld } from './AlertHeld.tsx'
import { AlertHistory } from './AlertHistory.tsx'
import { AlertLabels } from './AlertLabels.tsx'
import { AlertSignals } from './AlertSignals.tsx'
import { AlertWhy } from './AlertWhy.tsx'
import { EarlierAlerts } from './EarlierAlerts.tsx'
import { SeverityMark } from './SeverityMark.tsx'
import { type AlertDetail, isOpen, statusWords } from './words.ts'

/** A firing one shows how bad it is, any other what became of it; and for how long. */
const State = ({ alert }: { alert: AlertDetail }) => {
  const { word, tone } = statusWords[alert.status]
  const lasting = <Lasting from={alert.startedAt} to={alert.endedAt} />
  if (alert.status === 'firing')
    return (
      <>
        <SeverityMark severity={alert.severity} /> <span>firing for {lasting}</span>
      </>
    )
  return (
    <Status tone={tone}>
      <span>
        {word} {isOpen(alert.status) ? 'for' : 'after'} {lasting}
      </span>
    </Status>
  )
}

const Chips = ({ alert }: { alert: AlertDetail }) => (
  <>
    <State alert={alert} />
    {alert.ticket && (
      <Link to={paths.ticket(alert.ticket.number)} className="mono">
        {alert.ticket.number}
      </Link>
    )}
    {isOpen(alert.status) && (
      <span className="faint">{alert.acknowledgedAt ? `${alert.acknowledgedBy} has it` : 'nobody yet'}</span>
    )}
  </>
)

/** The page of an alert, once it is read. */
export function AlertView({ alert }: { alert: AlertDetail }) {
  return (
    <Page title={alert.title} long chips={<Chips alert={alert} />} acts={<AlertActs alert={alert} />}>
      {alert.status === 'blind' && (
        <Callout tone="blind">
          <b>We do not know.</b> {alert.source.name} could not look, so nobody can say whether this is still so.
        </Callout>
      )}
      <AlertHeld alert={alert} acts />
      <Columns of="minmax(0, 1fr) 372px">
        <Rows>
          {(alert.details !== '' || alert.links.length > 0) && (
            <Panel title="What it is about" pad>
              <AlertDetails alert={alert} />
            </Panel>
          )}
          <AlertHistory alert={alert} />
          <AlertSignals alert={alert} />
        </Rows>
        <Rows>
          <Panel title="Facts">
            <AlertFacts alert={alert} />
          </Panel>
          <AlertWhy alert={alert} />
          <EarlierAlerts alert={alert} />
          <AlertLabels labels={alert.labels} />
        </Rows>
      </Columns>
    </Page>
  )
}
