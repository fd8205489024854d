import { Panel } from '../../ui/Panel.tsx'
import styles from './calendars.module.css'
import type { Knowledge } from './holiday-import.ts'
import { KnowledgeFields } from './KnowledgeFields.tsx'

type Props = {
  known: Knowledge
  set: (changed: Partial<Knowledge>) => void
  problems: Record<string, string | undefined>
}

/** How far the holidays are known once the days are added, and where they come from. */
export const HolidaysFrom = ({ known, set, problems }: Props) => (
  <Panel title="Once they are added" pad>
    <div className={styles.fields}>
      <KnowledgeFields known={known} set={set} problems={problems} />
    </div>
  </Panel>
)
