import type { ReactNode } from 'react'
import type { JobStatus } from '../../../contract/jobs/index.ts'
import { Status } from '../../ui/Marks.tsx'
import { stateTone, stateWords } from './words.ts'

/** A shape and a word. */
export const StateMark = ({ state, children }: { state: JobStatus; children?: ReactNode }) => (
  <Status tone={stateTone[state]}>
    <span>
      {stateWords[state]}
      {children}
    </span>
  </Status>
)
