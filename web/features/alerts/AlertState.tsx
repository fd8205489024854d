import { Stamp } from '../../ui/Time.tsx'
import { StatusMark } from './SeverityMark.tsx'
import { type AlertRow, isOpen } from './words.ts'

/** Who has it, why nobody was told, or how it ended: the last column of a list; `short` where there is little room. */
export function AlertState({ alert, short = false }: { alert: AlertRow; short?: boolean }) {
  const { held, status } = alert
  if (!isOpen(status))
    return (
      <>
        <StatusMark status={status} /> {alert.endedAt && <Stamp at={alert.endedAt} />}
      </>
    )
  if (held)
    return (
      <span title={`${held.by}: ${held.reason}`}>
        {held.kind === 'silence' ? 'silenced' : 'maintenance'}
        {held.until && (
          <>
            {' '}
            until <Stamp at={held.until} />
          </>
        )}
        {!short && ` · ${held.reason}`}
      </span>
    )
  if (alert.acknowledgedAt) return <>{alert.acknowledgedBy ?? 'somebody'} has it</>
  return <span className="faint">nobody yet</span>
}
