import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { useRoom } from './room.ts'
import { Strip } from './Strip.tsx'
import styles from './StripRows.module.css'
import type { StripCell } from './strip.ts'

/** Strips under each other on one time axis: the name at the left, a figure at the right. */
export const StripRows = ({ room, children }: { room?: ReturnType<typeof useRoom>['room']; children: ReactNode }) => (
  <div className={styles.rows} {...room}>
    {children}
  </div>
)

export const StripRow = ({
  name,
  cells,
  end,
  to,
}: {
  name: string
  cells: readonly StripCell[]
  end: ReactNode
  to?: string
}) => (
  <div className={styles.row}>
    {to ? (
      <Link to={to} className={`clip ${styles.name}`} title={name}>
        {name}
      </Link>
    ) : (
      <span className="clip">{name}</span>
    )}
    <Strip label={name} cells={cells} />
    <span className={styles.end}>{end}</span>
  </div>
)
