import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { priorityName } from '../../../contract/desk/priority.ts'
import type { TicketDetail } from '../../../contract/desk/shapes.ts'
import { paths } from '../../paths.ts'
import type { Fact } from '../../ui/Facts.tsx'
import { Ago, Stamp } from '../../ui/Time.tsx'
import { ClockValue } from './Clocks.tsx'
import { mainClocks } from './clock-words.ts'
import type { Reader } from './data.ts'
import { capital, clockWords, counted, viaWords } from './words.ts'

const shownUnits = 3

const hurts = ({ hurt }: TicketDetail): ReactNode => {
  if (!hurt || hurt.units.length + hurt.services.length === 0) return undefined
  const names = hurt.units
    .slice(0, shownUnits)
    .map(({ name, people }) => (people === null ? name : `${name} (${people})`))
  const more = hurt.units.length - names.length
  const all = hurt.units.map(({ name, people }) => `${name}${people === null ? '' : `, ${people} people`}`).join('\n')
  return (
    <span title={all}>
      {names.join(', ')}
      {more > 0 && ` and ${more} more`}
      {hurt.services.length > 0 && (
        <span className="faint" title={hurt.services.map(({ name }) => name).join('\n')}>
          {names.length > 0 && '; '}
          {counted(hurt.services.length, 'service')} {hurt.services.length === 1 ? 'depends' : 'depend'} on it
        </span>
      )}
    </span>
  )
}

const priority = (ticket: TicketDetail): ReactNode => {
  const { impact, urgency, priorityOverridden, priorityReason } = ticket
  if (!impact || !urgency) return undefined
  return (
    <span title={priorityReason ?? undefined}>
      {capital(impact)} × {urgency}
      {priorityOverridden ? <>, set to {priorityName(ticket.priority)}</> : <> = {priorityName(ticket.priority)}</>}
    </span>
  )
}

const reporter = ({ requester, openedBy, openedVia }: TicketDetail, { desk }: Reader): ReactNode => {
  const by = openedBy?.name
  if (requester && !desk) return requester.name
  if (requester)
    return (
      <>
        {requester.name} <span className="faint">by {viaWords[openedVia]}</span>
      </>
    )
  return openedVia === 'alert' ? 'an alert' : (by ?? viaWords[openedVia])
}

const service = (ticket: TicketDetail): ReactNode =>
  ticket.service ? (
    <>
      <Link to={paths.service(ticket.service.id)}>{ticket.service.name}</Link> · {ticket.environment}
    </>
  ) : (
    <span className="faint">none · {ticket.environment}</span>
  )

/** Where, by when, who is hurt: what one has to know of it before one reads on, where the facts stand below. */
export function AtAGlance({ ticket }: { ticket: TicketDetail }) {
  const next = mainClocks(ticket.clocks).find(({ clock }) => clock.name === ticket.dueClock)?.clock
  const people = ticket.hurt?.units.reduce((sum, unit) => sum + (unit.people ?? 0), 0) ?? 0
  return (
    <div className="muted">
      {[ticket.service?.name ?? 'no service', ticket.environment].join(' · ')}
      {next && (
        <>
          {' · '}
          {next.label || clockWords[next.name]}: <ClockValue clock={next} />
        </>
      )}
      {people > 0 && ` · hurts ${people === 1 ? 'one person' : `${people} people`}`}
    </div>
  )
}

/** The facts of a ticket, most urgent first. */
export const factsOf = (ticket: TicketDetail, reader: Reader): readonly Fact[] => [
  ...mainClocks(ticket.clocks).map(({ clock }) => ({
    label: clock.label || `${clockWords[clock.name]} clock`,
    value: <ClockValue clock={clock} />,
  })),
  ticket.hurt?.cutOff
    ? {
        label: 'Cut-off',
        value: (
          <span title={ticket.hurt.cutOff.service}>{`${ticket.hurt.cutOff.name} ${ticket.hurt.cutOff.words}`}</span>
        ),
      }
    : undefined,
  priority(ticket) ? { label: 'Impact × urgency', value: priority(ticket) } : undefined,
  hurts(ticket) ? { label: 'Hurts', value: hurts(ticket) } : undefined,
  { label: 'Service', value: service(ticket) },
  { label: reader.desk ? 'Reported by' : 'Asked by', value: reporter(ticket, reader) },
  reader.desk && {
    label: 'Owner',
    value: (
      <>
        {ticket.assignee?.name ?? 'nobody yet'} <span className="faint">{ticket.team?.name}</span>
      </>
    ),
  },
  ticket.helpers.length > 0 && {
    label: 'Helpers',
    value: ticket.helpers.map(({ name, joined }) => (joined ? name : `${name} (asked)`)).join(', '),
  },
  ticket.beganAt !== null && { label: 'Since', value: <Stamp at={ticket.beganAt} /> },
  ticket.watchers.length > 0 && { label: 'Watchers', value: ticket.watchers.map(({ name }) => name).join(', ') },
  ticket.reopened > 0 && { label: 'Reopened', value: ticket.reopened === 1 ? 'once' : `${ticket.reopened} times` },
  {
    label: 'Opened',
    value: (
      <>
        <Stamp at={ticket.openedAt} />{' '}
        <span className="faint">
          (<Ago at={ticket.openedAt} />)
        </span>
      </>
    ),
  },
]
