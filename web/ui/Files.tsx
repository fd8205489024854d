import { Button, FileButton } from '@mantine/core'
import styles from './Files.module.css'
import type { Files } from './use-files.ts'

/** '820 kB', '2.4 MB' */
export const sizeWords = (bytes: number): string =>
  bytes < 1000
    ? `${bytes} B`
    : bytes < 1_000_000
      ? `${Math.round(bytes / 1000)} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`

const stateOf = ({ sent, failed, progress, bytes }: Files['items'][number]) =>
  failed ?? (sent ? sizeWords(bytes) : `${Math.floor(progress * 100)} %`)

/** The files of a form: what has been chosen, how far it is, and how to take it out again. */
export const FileItems = ({ files }: { files: Files }) =>
  files.items.length > 0 && (
    <ul className={styles.items} aria-label="Files">
      {files.items.map((one) => (
        <li key={one.key} data-failed={one.failed ? true : undefined}>
          <span className="clip">{one.name}</span>
          <span className={one.failed ? styles.failed : 'faint'} role={one.failed ? 'alert' : undefined}>
            {stateOf(one)}
          </span>
          <button type="button" onClick={() => files.remove(one.key)} aria-label={`Take ${one.name} out`}>
            ×
          </button>
        </li>
      ))}
    </ul>
  )

/** Chooses files; with `photo` a phone offers its camera. */
export const AttachButton = ({
  files,
  label = 'Attach',
  photo = false,
}: {
  files: Files
  label?: string
  photo?: boolean
}) => (
  <FileButton multiple onChange={(chosen) => files.add(chosen)} {...(photo && { accept: 'image/*' })}>
    {(props) => <Button {...props}>{label}</Button>}
  </FileButton>
)
