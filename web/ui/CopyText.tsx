import { Button, CopyButton } from '@mantine/core'
import styles from './CopyText.module.css'

/** Text to be taken elsewhere as it is: a command, a piece of configuration, an address. */
export const CopyText = ({ text, label }: { text: string; label: string }) => (
  <div className={styles.copy}>
    <pre>{text}</pre>
    <CopyButton value={text} timeout={2000}>
      {({ copied, copy }) => (
        <Button onClick={copy} aria-label={`Copy ${label}`}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
      )}
    </CopyButton>
  </div>
)

/** Text that came from outside, as it came: an answer, a log, a payload. */
export const Raw = ({ children }: { children: string }) => <pre className={styles.raw}>{children}</pre>
