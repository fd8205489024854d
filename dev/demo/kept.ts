import { join } from 'node:path'

/** What of the company must be known at the next start; it is written last, so where it is, all is there. */
export const keptFile = (dataDir: string): string => join(dataDir, 'company.json')
