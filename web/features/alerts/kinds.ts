import type { monitorsKind } from '../../../contract/alerts/words.ts'

/** The built-in source through which our own monitors report. */
export const monitors: typeof monitorsKind = 'monitors'
