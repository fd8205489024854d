import { Drawer, Modal } from '@mantine/core'
import { createContext, type ReactNode, use } from 'react'
import styles from './Dialog.module.css'
import { DialogFocus } from './focus.tsx'
import { More } from './more.ts'

/** What every dialog says at its head, as the page below it cannot be reached: what its fields could not be given. */
export const DialogNotice = createContext<ReactNode>(null)

export type DialogProps = {
  opened: boolean
  onClose: () => void
  title: string
  /** At its foot, the main one last. */
  acts?: ReactNode
  wide?: boolean
  children: ReactNode
}

/** Questions and short forms over the page; the page's keys rest while it is open. */
export const Dialog = ({ opened, onClose, title, acts, wide = false, children }: DialogProps) => (
  <Modal.Root opened={opened} onClose={onClose} size={wide ? 720 : 460} yOffset="10vh">
    <Modal.Overlay />
    <Modal.Content className={styles.content}>
      <DialogFocus />
      {/* Mantine's own header is a <header>, which in a dialog counts as a second banner of the page. */}
      <div className={styles.header} data-head>
        <Modal.Title className={styles.title}>{title}</Modal.Title>
        <Modal.CloseButton aria-label="Close" />
      </div>
      {use(DialogNotice)}
      <Modal.Body className={styles.body}>
        {/* A question that stands among the acts of a page has acts of its own. */}
        <More value={undefined}>
          {children}
          {acts && <div className={styles.acts}>{acts}</div>}
        </More>
      </Modal.Body>
    </Modal.Content>
  </Modal.Root>
)

/** The same from an edge of the window: from the right for a peek, from the bottom on a phone. */
export const Sheet = ({
  opened,
  onClose,
  title,
  from,
  children,
}: Omit<DialogProps, 'acts' | 'wide'> & { from: 'right' | 'bottom' }) => (
  <Drawer.Root opened={opened} onClose={onClose} position={from} size={from === 'bottom' ? 'auto' : 480}>
    <Drawer.Overlay />
    <Drawer.Content data-from={from} className={`${styles.content} ${styles.sheet}`}>
      <DialogFocus />
      <div className={styles.header} data-head>
        <Drawer.Title className={styles.title}>{title}</Drawer.Title>
        <Drawer.CloseButton aria-label="Close" />
      </div>
      {use(DialogNotice)}
      <Drawer.Body className={styles.body}>
        <More value={undefined}>{children}</More>
      </Drawer.Body>
    </Drawer.Content>
  </Drawer.Root>
)
