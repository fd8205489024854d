import type { NightState } from '../../../contract/chains/words.ts'
import { Status } from '../../ui/Marks.tsx'
import { stateTone, stateWords } from './words.ts'

/** A shape and a word. */
export const StateMark = ({ state }: { state: NightState }) => (
  <Status tone={stateTone[state]}>
    <span>{stateWords[state]}</span>
  </Status>
)
