import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { Facts } from '../../ui/Facts.tsx'
import { Priority } from '../../ui/Marks.tsx'
import { Ago, Stamp } from '../../ui/Time.tsx'
import { monitors } from './kinds.ts'
import { SeverityMark } from './SeverityMark.tsx'
import type { AlertDetail } from './words.ts'

/** What is known of an alert, in rows. */
export function AlertFacts({ alert }: { alert: AlertDetail }) {
  const { service, ticket, priority, team, source } = alert
  return (
    <Facts
      as="rows"
      of={[
        {
          label: 'Service',
          value: (
            <>
              {service ? (
                <Link to={paths.service(service.id)}>{service.name}</Link>
              ) : (
                <span className="faint">none</span>
              )}
              <span className="faint"> · {alert.environment}</span>
            </>
          ),
        },
        alert.host !== null && { label: 'Host', value: <code>{alert.host}</code> },
        {
          label: 'Team',
          value: team ? <Link to={paths.team(team.id)}>{team.name}</Link> : <span className="faint">none</span>,
        },
        {
          label: 'Ticket',
          value: ticket ? (
            <>
              {priority !== null && <Priority level={priority} />}{' '}
              <Link to={paths.ticket(ticket.number)} className="mono">
                {ticket.number}
              </Link>{' '}
              <span className="faint">{ticket.state.replaceAll('_', ' ')}</span>
            </>
          ) : (
            <span className="faint">none was opened</span>
          ),
        },
        { label: 'Severity', value: <SeverityMark severity={alert.severity} /> },
        {
          label: 'Source',
          value: source.kind === monitors ? source.name : <Link to={paths.source(source.id)}>{source.name}</Link>,
        },
        {
          label: 'Reported',
          value: alert.occurrences === 1 ? 'once' : `${alert.occurrences.toLocaleString('en-GB')} times while it fired`,
        },
        {
          label: 'Began',
          value: (
            <>
              <Stamp at={alert.startedAt} full />{' '}
              <span className="faint">
                <Ago at={alert.startedAt} />
              </span>
            </>
          ),
        },
        alert.endedAt !== null && {
          label: 'Ended',
          value: (
            <>
              <Stamp at={alert.endedAt} full />{' '}
              <span className="faint">
                <Ago at={alert.endedAt} />
              </span>
            </>
          ),
        },
        alert.acknowledgedAt !== null && {
          label: 'Acknowledged',
          value: (
            <>
              {alert.acknowledgedBy}{' '}
              <span className="faint">
                <Ago at={alert.acknowledgedAt} />
              </span>
            </>
          ),
        },
        { label: 'Key', value: <code>{alert.dedupKey}</code> },
      ]}
    />
  )
}
