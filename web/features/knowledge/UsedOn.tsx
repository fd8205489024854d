import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Ago } from '../../ui/Time.tsx'
import { useTicketsOf } from './data.ts'
import styles from './knowledge.module.css'
import type { Item } from './words.ts'

const said = (helped: boolean | null) => (helped === null ? '' : helped ? ' · it helped' : ' · it did not help')

/** On which tickets it was used, and where it comes from. */
export function UsedOn({ item }: { item: Item }) {
  const found = useTicketsOf(item.id)
  const links = found.data?.items ?? []
  if (links.length === 0) return null
  return (
    <Panel title="On tickets" words={found.data?.next ? 'the latest 20' : undefined}>
      <ul className={styles.used}>
        {links.map(({ ticket, relation, at, by, helped }) => (
          <li key={ticket.id}>
            <Link to={paths.ticket(ticket.number)} className="mono">
              {ticket.number}
            </Link>
            <span className="clip">{ticket.title}</span>
            <span className="faint">
              {relation === 'origin' ? `it comes from this one, ${by.name}` : `used by ${by.name}`}
              {said(helped)}
            </span>
            <span className="faint">
              <Ago at={at} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
