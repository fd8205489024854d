import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useKeys } from './keys.ts'
import styles from './Dialog.module.css'

/** Questions and short forms over the page; the page's keys rest while it is open. `acts` stand at its foot, the main one last. */
export function Dialog({ opened, onClose, title, acts, wide = false, children }: { opened: boolean; onClose: () => void; title: string; acts?: ReactNode; wide?: boolean; children: ReactNode }) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={wide ? 720 : 460} closeButtonProps={{ 'aria-label': 'Close' }}>
      <DialogKeys />
      {children}
      {acts && <div className={styles.acts}>{acts}</div>}
    </Modal>
  )
}

/** Mounted only while the dialog is, so that an opened dialog hides the keys below it. */
function DialogKeys() {
  useKeys([], { level: 'dialog' })
  return null
}
