import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { Sheet } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Strip } from '../../ui/Strip.tsx'
import { Ago, Lasting } from '../../ui/Time.tsx'
import { duration } from '../../ui/time.ts'
import type { MonitorRow } from './data.ts'
import { sentence } from './MonitorList.tsx'
import styles from './monitors.module.css'
import { StateMark } from './StateMark.tsx'
import { cellsOf } from './strip.ts'
import { belongsTo, every } from './words.ts'

type Props = { row: MonitorRow | undefined; stretch: { from: string; to: string }; onClose: () => void }

/** A monitor beside the list, without leaving it. */
export const Peek = ({ row, stretch, onClose }: Props) => (
  <Sheet opened={row !== undefined} onClose={onClose} from="right" title={row?.name ?? ''}>
    {row && (
      <div className={styles.peek}>
        <StateMark state={row.state}>
          {' for '}
          <Lasting from={row.since} />
        </StateMark>
        <p>{sentence(row)}</p>
        <Strip label={`${row.name}, last 24 hours`} cells={cellsOf(row.strip, stretch)} tall />
        <Facts
          of={[
            { label: 'Looks at', value: <code>{row.address}</code> },
            { label: 'Belongs to', value: belongsTo(row) },
            row.team && { label: 'Team', value: row.team.name },
            { label: 'Every', value: every(row.intervalSeconds) },
            row.lastAt !== null && {
              label: 'Last look',
              value: (
                <>
                  <Ago at={row.lastAt} />
                  {row.lastMs !== null && `, ${duration(row.lastMs)}`}
                  {row.lastMessage && `: ${row.lastMessage}`}
                </>
              ),
            },
          ].map((one) => one || undefined)}
        />
        <Link to={paths.monitor(row.id)}>Open {row.name}</Link>
      </div>
    )}
  </Sheet>
)
