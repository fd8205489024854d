import { z } from 'zod'

/** failing: the last look did not read it; lost: for so long that nothing is known of its jobs any more. */
const schedulerStates = ['lost', 'failing', 'new', 'reading', 'paused'] as const
export const schedulerState = z.enum(schedulerStates)
export type SchedulerState = z.output<typeof schedulerState>
