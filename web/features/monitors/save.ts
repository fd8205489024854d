import type { Trial } from './use-trial.ts'

/** Why what is written cannot be saved yet; undefined when it was seen to answer, or to fail, as it is now. */
export const whyNotSave = (trial: Pick<Trial, 'seen' | 'old' | 'busy'>): string | undefined => {
  if (trial.busy) return 'One look is under way.'
  if (trial.seen) return undefined
  return trial.old
    ? 'It was changed since it was tried. Try it again first.'
    : 'Try it first: nothing is saved until you have seen it answer.'
}
