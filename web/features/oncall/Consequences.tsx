import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import type { Told } from './change-words.ts'
import styles from './oncall.module.css'

/** What saving would come to, said before it is done. */
export const Consequences = ({ told, title }: { told: readonly Told[]; title: string }) => (
  <Panel title={title} pad>
    <div aria-live="polite" className={styles.told}>
      {told.map(({ tone, text, lines }) => (
        <Callout key={text} tone={tone}>
          {text}
          {lines.map((line) => (
            <div key={line} className="muted num">
              {line}
            </div>
          ))}
        </Callout>
      ))}
    </div>
  </Panel>
)
