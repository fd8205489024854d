import styles from './calendar.module.css'

const signs = [
  { tone: 'down', mark: '✕', words: 'failed' },
  { tone: 'down', mark: '!', words: 'did not come, or took too long' },
  { tone: 'warn', mark: '▲', words: 'to note: late, long, unusual' },
  { tone: 'blind', mark: '?', words: 'nobody knows' },
  { tone: 'ok', mark: '1', words: 'ended well, so many' },
  { tone: 'ok', mark: '▸', words: 'running' },
  { tone: 'plan', mark: '·', words: 'expected', planned: true },
  { tone: 'plan', mark: 'H', words: 'holiday', off: true },
] as const

/** What the marks of the squares mean. */
export const Legend = () => (
  <ul className={styles.legend} aria-label="What the marks mean">
    {signs.map((sign) => (
      <li key={sign.words}>
        <span
          className={styles.cell}
          data-tone={sign.tone}
          data-planned={'planned' in sign || undefined}
          data-off={'off' in sign || undefined}
          aria-hidden="true"
        >
          {sign.mark}
        </span>
        {sign.words}
      </li>
    ))}
  </ul>
)
