import styles from './AlertDetails.module.css'
import type { AlertDetail } from './words.ts'

/** What the sender wrote about it, as text, and where it points to. */
export const AlertDetails = ({ alert: { details, links } }: { alert: AlertDetail }) => (
  <>
    {details !== '' && <pre className={styles.text}>{details}</pre>}
    {links.length > 0 && (
      <ul className={styles.links}>
        {links
          .filter(({ url }) => /^https?:\/\//i.test(url))
          .map(({ label, url }) => (
            <li key={url}>
              <a href={url} target="_blank" rel="noreferrer noopener" title={url}>
                {label} ↗
              </a>
            </li>
          ))}
      </ul>
    )}
  </>
)
