import { useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { Panel } from '../../ui/Panel.tsx'
import styles from './Alert.module.css'
import type { AlertDetail } from './words.ts'

/** Why it belongs to this service and team, and how its ticket got its priority, from what was stored then. */
export function AlertWhy({ alert }: { alert: AlertDetail }) {
  const { ticket } = alert
  const read = useQuery({
    ...query.desk.get.queryOptions({ input: { id: ticket?.id ?? '' } }),
    enabled: ticket !== null,
  })
  const priority = read.data?.priorityReason
  return (
    <Panel title="Why here" pad>
      <ul className={styles.why}>
        {alert.route.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        {ticket && priority && (
          <li>
            {ticket.number} is P{read.data?.priority}: {priority}
          </li>
        )}
      </ul>
    </Panel>
  )
}
