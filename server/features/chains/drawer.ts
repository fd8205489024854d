import { startDrawer } from './predict/draws-client.ts'

/** One thread for what people look at and one for due work, each begun with its first draw; they keep no process from ending. */
export const drawer = startDrawer()
export const predictor = startDrawer()
