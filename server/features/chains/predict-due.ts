import type { Instant } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import type { DueInput } from '../../platform/due.ts'
import { ref } from '../../platform/events.ts'

/** The prediction of a deadline by its name: the effect itself needs those who ask for it. */
export const PREDICT = { name: 'deadline.predict' }

const work = (key: string, id: string, at: Instant): DueInput => ({
  key,
  at,
  run: PREDICT,
  input: { id },
  subject: ref('deadline', id),
})

/** The next look at a deadline, in place of the one that was planned. */
export const nextPrediction = (id: string, at: Instant): DueInput => work(`deadline-predict:${id}`, id, at)

/** A look beside it, because something of its chain has moved. */
export const movedPrediction = (id: string, at: Instant): DueInput => work(`deadline-moved:${id}`, id, at)

export const predictSoon = (ctx: Context, id: string): void => ctx.due(nextPrediction(id, ctx.now()))
