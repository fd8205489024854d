import { Link } from '@tanstack/react-router'
import { useMe } from '../../parts/frame-data.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Loading } from '../../ui/States.tsx'
import { useRove } from '../../ui/use-rove.ts'
import { settingsEntries } from './entries.ts'
import styles from './settings.module.css'

/** What is set for the whole installation. */
export function Settings() {
  const me = useMe().data
  const shown = settingsEntries.filter(({ may }) => me?.may[may] !== undefined)
  const frame = useRove<HTMLUListElement>()
  return (
    <Page title="Settings">
      <Panel label="Settings">
        {!me && <Loading lines={3} />}
        {me && shown.length === 0 && (
          <Empty title="There is nothing here that you may see.">Settings are for those who work at the desk.</Empty>
        )}
        <ul ref={frame} className={styles.list}>
          {shown.map(({ title, words, to }) => (
            <li key={to}>
              <Link to={to} data-rove>
                {title}
              </Link>
              <span className="muted">{words}</span>
            </li>
          ))}
        </ul>
      </Panel>
    </Page>
  )
}
