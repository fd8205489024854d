import { randomUUIDv7 } from 'node:crypto'

/** Time-ordered uuid (RFC 9562, version 7): new rows land at the right edge of their index. */
export const newId = (): string => randomUUIDv7()
