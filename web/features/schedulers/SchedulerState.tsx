import { Status } from '../../ui/Marks.tsx'
import type { SchedulerRow } from './data.ts'
import { stateTone, stateWords } from './words.ts'

/** Whether it is read. */
export const SchedulerState = ({ state }: { state: SchedulerRow['state'] }) => (
  <Status tone={stateTone[state]}>{stateWords[state]}</Status>
)
