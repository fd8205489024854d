import { TextInput } from '@mantine/core'
import { DateField } from '../../ui/DateField.tsx'
import type { Knowledge } from './holiday-import.ts'

type Props = {
  known: Knowledge
  set: (changed: Partial<Knowledge>) => void
  problems: Record<string, string | undefined>
}

/** How far the days of a calendar are known, and where they come from. */
export const KnowledgeFields = ({ known, set, problems }: Props) => (
  <>
    <DateField
      label="Known through"
      description="The last day for which the holidays are entered. After it Watchfloor says that it does not know. Left empty, there is no such day."
      value={known.validThrough}
      onChange={(validThrough) => set({ validThrough })}
      error={problems.validThrough}
    />
    <TextInput
      label="Where they come from"
      description="The source of the dates, so that somebody can check them."
      placeholder="gov.uk bank holidays, read on 3 Nov"
      maxLength={500}
      value={known.provenance}
      onChange={(event) => set({ provenance: event.currentTarget.value })}
      error={problems.provenance}
    />
  </>
)
