import { canJob } from '../../../contract/jobs/can.ts'
import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { toast } from '../../ui/toast.ts'
import { jobKeys } from './data.ts'

type Some = readonly { id: string; name: string }[]

const named = (some: Some) => (some.length === 1 ? (some[0]?.name ?? '') : `${some.length} jobs`)
const eachOf = (some: Some, act: (id: string) => Promise<unknown>) => Promise.all(some.map(({ id }) => act(id)))

/** Pause jobs or resume them, with its Undo. */
export const usePause = () => {
  const refresh = useRefresh(jobKeys)
  const turn = (some: Some, on: boolean) =>
    eachOf(some, (id) => (on ? api.jobs.resume({ id }) : api.jobs.pause({ id })))
  return useAct(({ some, on }: { some: Some; on: boolean }) => turn(some, on), {
    refresh: [...jobKeys],
    done: (_, { some, on }) =>
      toast(
        `${named(some)} ${some.length === 1 ? 'is' : 'are'} ${on ? 'expected again' : 'paused: nobody is told when nothing comes'}.`,
        {
          undo: async () => {
            await turn(some, !on)
            await refresh()
          },
        },
      ),
  })
}

/** Put a job away or take it out again, with its Undo. */
export const useArchive = () => {
  const refresh = useRefresh(jobKeys)
  const turn = (id: string, on: boolean) => (on ? api.jobs.restore({ id }) : api.jobs.archive({ id }))
  return useAct(({ job, on }: { job: { id: string; name: string }; on: boolean }) => turn(job.id, on), {
    refresh: [...jobKeys],
    done: (_, { job, on }) =>
      toast(`${job.name} is ${on ? 'in use again' : 'archived: its pings are refused, its runs are kept'}.`, {
        undo: async () => {
          await turn(job.id, !on)
          await refresh()
        },
      }),
  })
}

/** The act that fits: pause when one of them is expected, else resume; `not` says why it cannot be done. */
export const pauseOf = (
  some: readonly {
    id: string
    name: string
    pausedAt: string | null
    archivedAt: string | null
    team: { id: string } | null
  }[],
  whyNot: (team: { id: string } | null) => string | undefined,
) => {
  const on = some.length > 0 && some.every(({ pausedAt }) => pausedAt !== null)
  const facts = (j: (typeof some)[number]) => ({
    name: j.name,
    paused: j.pausedAt !== null,
    archived: j.archivedAt !== null,
  })
  const things = some.filter((j) => canJob[on ? 'resume' : 'pause'](facts(j)) === null)
  const refused = things.map(({ team }) => whyNot(team)).find(Boolean)
  const [first] = some
  return {
    label: on ? 'Resume' : 'Pause',
    on,
    things,
    not:
      first === undefined
        ? 'Choose a job first: j and k move, x selects.'
        : (refused ?? (things.length === 0 ? canJob[on ? 'resume' : 'pause'](facts(first)) : undefined)),
  }
}
