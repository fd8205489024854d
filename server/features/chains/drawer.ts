import { startDrawer } from './predict/draws-client.ts'

/** One thread for all draws of this process, begun with the first; it keeps no process from ending. */
export const drawer = startDrawer()
