import { canMonitor } from '../../../contract/monitors/can.ts'
import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { duration } from '../../ui/time.ts'
import { toast, toastError } from '../../ui/toast.ts'
import { monitorKeys } from './data.ts'
import { outcomeWords } from './words.ts'

type Some = readonly { id: string; name: string }[]

const named = (some: Some) => (some.length === 1 ? (some[0]?.name ?? '') : `${some.length} monitors`)

/** Does it to each, a few at a time; the error of those that failed is told, the others stand. */
const toEach = async <Thing, Answer>(things: readonly Thing[], act: (thing: Thing) => Promise<Answer>) => {
  const answers: { thing: Thing; answer: Answer }[] = []
  const failed: unknown[] = []
  for (let at = 0; at < things.length; at += 6) {
    const some = things.slice(at, at + 6)
    for (const [index, one] of (await Promise.allSettled(some.map(act))).entries()) {
      if (one.status === 'fulfilled') answers.push({ thing: some[index] as Thing, answer: one.value })
      else failed.push(one.reason)
    }
  }
  if (answers.length === 0 && failed.length > 0) throw failed[0]
  if (failed.length > 0) toastError(failed[0])
  return answers
}

/** Look at monitors now, and say what was seen. */
export const useLook = () =>
  useAct((some: Some) => toEach(some, ({ id }) => api.monitors.look({ id })), {
    refresh: [...monitorKeys],
    done: (looks) => {
      const bad = looks.filter(({ answer }) => answer.outcome !== 'ok')
      const [only] = looks
      if (looks.length === 1 && only) {
        const { outcome, ms, message } = only.answer
        toast(
          `${only.thing.name}: ${outcomeWords[outcome]}, ${duration(ms)}. ${message}`,
          outcome === 'failed' ? { tone: 'down' } : {},
        )
      } else
        toast(
          bad.length === 0
            ? `${looks.length} monitors answer as they should.`
            : `${bad.length} of ${looks.length} do not answer as they should: ${bad
                .slice(0, 3)
                .map(({ thing }) => thing.name)
                .join(', ')}${bad.length > 3 ? ' …' : ''}.`,
          bad.length === 0 ? {} : { tone: 'down' },
        )
    },
  })

/** Pause monitors or resume them, with its Undo. */
export const usePause = () => {
  const refresh = useRefresh(monitorKeys)
  const switched = (some: Some, on: boolean) =>
    toEach(some, ({ id }) => (on ? api.monitors.resume({ id }) : api.monitors.pause({ id })))
  return useAct(({ some, on }: { some: Some; on: boolean }) => switched(some, on), {
    refresh: [...monitorKeys],
    done: (answers, { on }) => {
      const things = answers.map(({ thing }) => thing)
      const undo = async () => {
        await switched(things, !on)
        await refresh()
      }
      toast(
        `${named(things)} ${things.length === 1 ? 'is' : 'are'} ${on ? 'looked at again' : 'paused: nobody looks, and nobody is told'}.`,
        { undo },
      )
    },
  })
}

/** The act that fits: pause when one of them is looked at, else resume; `not` says why it cannot be done. */
export const pauseOf = (
  some: readonly { id: string; name: string; state: string; team: { id: string } | null }[],
  whyNot: (team: { id: string } | null) => string | undefined,
) => {
  const on = some.length > 0 && some.every(({ state }) => state === 'paused')
  const things = some.filter(
    (m) => canMonitor[on ? 'resume' : 'pause']({ name: m.name, enabled: m.state !== 'paused' }) === null,
  )
  const refused = things.map(({ team }) => whyNot(team)).find(Boolean)
  return {
    label: on ? 'Resume' : 'Pause',
    on,
    things,
    not: some.length === 0 ? 'Choose a monitor first: j and k move, x selects.' : refused,
  }
}
