import { Link } from '@tanstack/react-router'
import type { TicketRow } from '../../../contract/desk/shapes.ts'
import { paths } from '../../paths.ts'
import { useIsPhone } from '../../ui/list.ts'
import { Priority } from '../../ui/Marks.tsx'
import { Due, Lasting } from '../../ui/Time.tsx'
import { Item } from '../../ui/TwoLine.tsx'
import { millis } from '../../ui/time.ts'
import type { Hurt } from './data.ts'
import styles from './floor.module.css'
import { hurtWords, peopleHurt } from './order.ts'

type Props = { ticket: TicketRow; hurt: Hurt | undefined; now: number }

const dueWords = ({ dueAt, dueClock }: TicketRow, now: number): string => {
  const over = dueAt !== null && millis(dueAt) < now
  if (dueClock === 'first_response') return over ? 'first reply' : 'to first reply'
  return over ? 'over' : 'left'
}

function Owner({ ticket: { assignee, team, priority } }: { ticket: TicketRow }) {
  if (assignee) return <b>{assignee.name}</b>
  return (
    <span className={priority <= 2 ? styles.nobody : undefined}>
      {team ? `${team.name}: nobody yet` : 'nobody yet'}
    </span>
  )
}

/** A ticket of the floor: what, by when, who is hurt, who has it. The worst kind has a line more. */
export function Ticket({ ticket, hurt, now }: Props) {
  const { number, title, priority, dueAt, service, environment, openedAt } = ticket
  const phone = useIsPhone()
  const who = priority <= 2 ? hurtWords(hurt, now) : undefined
  const due = dueAt && <Due at={dueAt} after={phone ? undefined : dueWords(ticket, now)} />
  const people = peopleHurt(hurt)
  const place = [service?.name, environment !== 'prod' && `${environment}: nobody is woken`].filter(Boolean).join(', ')
  return (
    <Item tone={priority === 1 ? 'down' : undefined}>
      <Link to={paths.ticket(number)} className={styles.ticket} data-rove>
        <span className={styles.first}>
          <Priority level={priority} />
          <b className="clip">{title}</b>
          {!phone && <span className={styles.end}>{due}</span>}
        </span>
        {priority === 1 && who && <span className={styles.hurt}>{who}</span>}
        {phone ? (
          <span className={styles.second}>
            <span className="clip">
              <Owner ticket={ticket} />
              {people > 0 && `, ${people} ${people === 1 ? 'person' : 'people'}`}
            </span>
            <span className={styles.end}>{due}</span>
          </span>
        ) : (
          <span className={styles.second}>
            <span className={styles.facts}>
              <code>{number}</code>
              <Lasting from={openedAt} />
              <span title={who}>{(priority > 1 ? who : undefined) ?? place}</span>
            </span>
            <span className={styles.end}>
              <Owner ticket={ticket} />
            </span>
          </span>
        )}
      </Link>
    </Item>
  )
}
