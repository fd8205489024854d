import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './settings.module.css'

type Item = { id: string; name: string; team: { name: string } | null; mayChange: boolean }

/** A named thing with whom it is for, what it does, and its acts for those who may change it. */
export const Listed = ({
  of,
  words,
  onEdit,
  onDelete,
}: {
  of: Item
  words: ReactNode
  onEdit: () => void
  onDelete: () => void
}) => (
  <li className={styles.item}>
    <div className={styles.what}>
      <b>{of.name}</b> <span className="faint">{of.team ? of.team.name : 'all teams'}</span>
      <div className={`muted ${styles.text}`}>{words}</div>
    </div>
    {of.mayChange && (
      <span className={styles.acts}>
        <Button onClick={onEdit} aria-label={`Edit ${of.name}`}>
          Edit
        </Button>
        <Button onClick={onDelete} aria-label={`Delete ${of.name}`}>
          Delete
        </Button>
      </span>
    )}
  </li>
)
