import { system } from './system.ts'

/** The whole public API, as one value. */
export const contract = { system }
