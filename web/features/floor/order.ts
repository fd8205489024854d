import type { TicketDetail, TicketRow } from '../../../contract/desk/shapes.ts'
import { type Instant, left, millis } from '../../ui/time.ts'

type Hurt = TicketDetail['hurt']
type Row = Pick<TicketRow, 'id' | 'priority' | 'dueAt' | 'dueClock' | 'openedAt' | 'assignee'>

/** More are not shown on any floor; the rest is counted. */
const mostShown = 6

/** Those of whom one wants to know who is hurt: they may come to stand among the first. Given most pressing first. */
export const mostPressing = <One extends Row>(incidents: readonly One[]): One[] =>
  incidents.filter(({ priority }, index) => index < mostShown || (priority <= 2 && index < 2 * mostShown))

/** How many people are hurt, as far as it is known. */
export const peopleHurt = (hurt: Hurt | undefined): number =>
  hurt?.units.reduce((sum, { people }) => sum + (people ?? 0), 0) ?? 0

const due = ({ dueAt }: Row) => (dueAt === null ? Number.POSITIVE_INFINITY : millis(dueAt))

/** By priority; within it by who is hurt, then by the time that is left. */
export const pressing = <One extends Row>(incidents: readonly One[], hurt: ReadonlyMap<string, Hurt>): One[] =>
  incidents.toSorted(
    (a, b) =>
      a.priority - b.priority ||
      peopleHurt(hurt.get(b.id)) - peopleHurt(hurt.get(a.id)) ||
      due(a) - due(b) ||
      millis(a.openedAt) - millis(b.openedAt),
  )

/** Whether somebody has to act now: urgent and nobody has it, or a clock has run out. */
export const needsSomeone = (ticket: Row, now: number): boolean =>
  (ticket.priority <= 2 && ticket.assignee === null) || due(ticket) < now

const hour = 3_600_000

/** '15 more, 1 that needs someone, none due this hour'; undefined when all are shown. `open`: there are more than were read. */
export const restWords = (rest: readonly Row[], open: boolean, now: number): string | undefined => {
  if (rest.length === 0) return undefined
  const soon = rest.filter((ticket) => due(ticket) < now + hour).length
  const needy = rest.filter((ticket) => needsSomeone(ticket, now)).length
  return [
    `${rest.length}${open ? '+' : ''} more`,
    ...(needy > 0 ? [`${needy} that ${needy === 1 ? 'needs' : 'need'} someone`] : []),
    `${soon === 0 ? 'none' : soon} due this hour`,
  ].join(', ')
}

const few = (names: readonly string[], most: number) =>
  names.length > most ? `${names.slice(0, most).join(', ')} and ${names.length - most} more` : names.join(', ')

const near = 4 * hour

/** '65 people: EMEA cash equities, Program trading · London open in 33 min': who is hurt, and by when it must be solved. */
export const hurtWords = (hurt: Hurt | undefined, now: number): string | undefined => {
  if (!hurt) return undefined
  const people = peopleHurt(hurt)
  const units = few(
    hurt.units.map(({ name }) => name),
    3,
  )
  const { cutOff, services } = hurt
  const words = [
    units && (people > 0 ? `${people} ${people === 1 ? 'person' : 'people'}: ${units}` : units),
    !units &&
      services.length > 0 &&
      `${few(
        services.map(({ name }) => name),
        2,
      )} ${services.length === 1 ? 'depends' : 'depend'} on it`,
    cutOff && isNear(cutOff.at, now) && `${cutOff.name} in ${left(cutOff.at, now, 'long')}`,
  ].filter(Boolean)
  return words.length > 0 ? words.join(' · ') : undefined
}

const isNear = (at: Instant, now: number) => millis(at) > now && millis(at) - now < near
