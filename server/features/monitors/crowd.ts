import type { Actor } from '../../platform/access.ts'
import { actorRow } from '../../platform/access.ts'
import { AppError } from '../../platform/errors.ts'

const MOST = 3

/** Looks by hand go out at once and at somebody's wish: each person may have a few under way in a process, not more. */
export const createCrowd = (most = MOST) => {
  const underWay = new Map<string, number>()
  return async <T>(actor: Actor, run: () => Promise<T>): Promise<T> => {
    const { kind, id } = actorRow(actor)
    const who = `${kind}:${id}`
    const before = underWay.get(who) ?? 0
    if (before >= most)
      throw new AppError(
        'too_many',
        `You have ${most} looks under way already. Wait until one of them has its answer.`,
        {
          retryAfterSeconds: 5,
        },
      )
    underWay.set(who, before + 1)
    try {
      return await run()
    } finally {
      const left = (underWay.get(who) ?? 1) - 1
      if (left === 0) underWay.delete(who)
      else underWay.set(who, left)
    }
  }
}
