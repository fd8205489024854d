import { TextInput } from '@mantine/core'
import { Panel } from '../../ui/Panel.tsx'
import styles from './calendars.module.css'
import type { Knowledge } from './holiday-import.ts'

type Props = {
  known: Knowledge
  set: (changed: Partial<Knowledge>) => void
  problems: Record<string, string | undefined>
}

/** How far the holidays are known once the days are added, and where they come from. */
export const HolidaysFrom = ({ known, set, problems }: Props) => (
  <Panel title="Once they are added" pad>
    <div className={styles.fields}>
      <TextInput
        label="Known through"
        description="Beyond it the product says that it does not know. Empty: no end."
        type="date"
        value={known.validThrough}
        onChange={(event) => set({ validThrough: event.currentTarget.value })}
        error={problems.validThrough}
      />
      <TextInput
        label="Where they come from"
        description="So that somebody can check them."
        placeholder="gov.uk bank holidays, read on 3 Nov"
        maxLength={500}
        value={known.provenance}
        onChange={(event) => set({ provenance: event.currentTarget.value })}
        error={problems.provenance}
      />
    </div>
  </Panel>
)
