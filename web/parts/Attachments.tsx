import { attachmentPaths } from '../../contract/desk/attachment-paths.ts'
import type { AttachmentView } from '../../contract/desk/attachments.ts'
import { sizeWords } from '../ui/Files.tsx'
import styles from './Attachments.module.css'

const kinds: Record<string, string> = { 'text/plain': 'text', 'application/octet-stream': 'file' }
const kind = (type: string) => kinds[type] ?? type.split('/').at(-1)?.toUpperCase() ?? 'file'

function One({ of, onRemove }: { of: AttachmentView; onRemove: ((file: AttachmentView) => void) | undefined }) {
  if (of.removed)
    return (
      <li className={styles.file}>
        <span className="faint">{of.name} was removed</span>
      </li>
    )
  return (
    <li className={styles.file} data-picture={of.width !== null || undefined}>
      {of.width !== null && of.height !== null && (
        <a href={attachmentPaths.preview(of.id)} target="_blank" rel="noreferrer" aria-label={`Look at ${of.name}`}>
          <img src={attachmentPaths.preview(of.id)} alt={of.name} width={of.width} height={of.height} loading="lazy" />
        </a>
      )}
      <span className={styles.words}>
        <a href={attachmentPaths.download(of.id)} download className="clip">
          {of.name}
        </a>
        <span className="faint">
          {kind(of.type)}, {sizeWords(of.bytes)}
        </span>
        {onRemove && (
          <button type="button" className={styles.remove} onClick={() => onRemove(of)}>
            Remove<span className="sr-only"> {of.name}</span>
          </button>
        )}
      </span>
    </li>
  )
}

/** Files that go with words: pictures are shown small, everything is downloaded by its name. */
export const AttachmentList = ({
  of,
  onRemove,
}: {
  of: readonly AttachmentView[]
  onRemove?: (file: AttachmentView) => void
}) =>
  of.length > 0 && (
    <ul className={styles.files} aria-label="Attached files">
      {of.map((one) => (
        <One key={one.id} of={one} onRemove={onRemove} />
      ))}
    </ul>
  )
