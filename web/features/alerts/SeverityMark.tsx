import type { AlertStatus } from '../../../contract/alerts/words.ts'
import { Status } from '../../ui/Marks.tsx'
import styles from './SeverityMark.module.css'
import { isOpen, type Severity, statusWords } from './words.ts'

/** A shape and a word for how bad it is; faded once it is over. */
export const SeverityMark = ({
  severity,
  over = false,
  brief = false,
}: {
  severity: Severity
  over?: boolean
  /** The shape alone is seen: the word stands elsewhere. */
  brief?: boolean
}) => (
  <span className={styles.mark} data-severity={severity} data-over={over || undefined}>
    {brief ? <span className="sr-only">{severity}</span> : severity}
  </span>
)

/** The mark of an alert in a list: how bad it is, or that its sender cannot look. */
export const AlertMark = ({
  alert,
  brief = false,
}: {
  alert: { status: AlertStatus; severity: Severity }
  brief?: boolean
}) =>
  alert.status === 'blind' ? (
    <Status tone="blind">blind</Status>
  ) : (
    <SeverityMark severity={alert.severity} over={!isOpen(alert.status)} brief={brief} />
  )

/** 'resolved', 'expired': what became of it. */
export const StatusMark = ({ status }: { status: AlertStatus }) => (
  <span title={statusWords[status].hint}>
    <Status tone={statusWords[status].tone}>{statusWords[status].word}</Status>
  </span>
)
