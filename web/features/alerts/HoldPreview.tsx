import { messageOf } from '../../parts/use-act.ts'
import { Lasting } from '../../ui/Time.tsx'
import styles from './HoldPreview.module.css'
import { AlertMark } from './SeverityMark.tsx'
import { type AlertRow, capped, counted } from './words.ts'

const shown = 5

type Props = {
  preview: { data?: { count: number; items: readonly AlertRow[] } | undefined; isPending: boolean; error: unknown }
  /** Nothing is asked while the form is not complete. */
  asked: boolean
  /** After the number: 'would be held back now'. */
  words?: (count: number) => string
}

/** What a silence or a window would hold back now, so that nobody silences more than was meant. */
export function HoldPreview({ preview, asked, words = () => 'would be held back now' }: Props) {
  const { data, error } = preview
  const rest = (data?.count ?? 0) - Math.min(shown, data?.items.length ?? 0)
  return (
    <div className={styles.preview} aria-live="polite">
      <div className={styles.head}>
        {!asked && <span className="faint">Say which alerts are meant, and those of now are shown here.</span>}
        {asked && Boolean(error) && <span role="alert">{messageOf(error)}</span>}
        {asked && !error && !data && <span className="faint">Looking which alerts are meant…</span>}
        {asked && !error && data?.count === 0 && (
          <>No alert of now is meant. Those that come later would be held back.</>
        )}
        {asked && !error && data && data.count > 0 && (
          <>
            <b className="num">{counted(data.count, 'alert')}</b> {words(data.count)}
          </>
        )}
      </div>
      {asked &&
        !error &&
        data?.items.slice(0, shown).map((alert) => (
          <div key={alert.id} className={styles.row}>
            <AlertMark alert={alert} />
            <span className="clip">
              {alert.title} <span className="faint">{alert.service?.name ?? alert.source.name}</span>
            </span>
            <span className="faint">
              <Lasting from={alert.startedAt} />
            </span>
          </div>
        ))}
      {asked && !error && rest > 0 && <div className={`${styles.row} faint`}>and {capped(rest)} more</div>}
    </div>
  )
}
