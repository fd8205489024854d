import { TextInput } from '@mantine/core'
import type { Knowledge } from './holiday-import.ts'

type Props = {
  known: Knowledge
  set: (changed: Partial<Knowledge>) => void
  problems: Record<string, string | undefined>
}

/** How far the days of a calendar are known, and where they come from. */
export const KnowledgeFields = ({ known, set, problems }: Props) => (
  <>
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
  </>
)
