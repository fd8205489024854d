import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { toast } from '../../ui/toast.ts'
import { type SchedulerDetail, schedulerKeys, useWhyNot } from './data.ts'

/** What may be done to a connection. */
export function SchedulerActs({ scheduler, onDelete }: { scheduler: SchedulerDetail; onDelete: () => void }) {
  const { id, name, team, can } = scheduler
  const whyNot = useWhyNot(team)
  const isPaused = scheduler.state === 'paused'
  const turn = useAct((on: boolean) => (on ? api.schedulers.resume({ id }) : api.schedulers.pause({ id })), {
    refresh: schedulerKeys,
    done: (_, on) => toast(on ? `${name} is asked again.` : `${name} is paused.`, { undo: () => void turn.run(!on) }),
  })
  const look = useAct(() => api.schedulers.look({ id }), {
    refresh: schedulerKeys,
    done: () => toast(`${name} is asked now.`),
  })
  return (
    <>
      <Act label="Disconnect" kind="danger" run={onDelete} not={whyNot} />
      <Act
        label={isPaused ? 'Resume' : 'Pause'}
        k="P"
        busy={turn.busy}
        run={() => turn.run(isPaused)}
        not={whyNot ?? (isPaused ? can.resume : can.pause) ?? undefined}
      />
      <Act
        label="Ask now"
        k="r"
        busy={look.busy}
        run={() => look.run(undefined)}
        not={whyNot ?? (isPaused ? 'It is paused. Resume it, and it is asked.' : undefined)}
      />
      <Act label="Edit" k="e" to={paths.editScheduler(id)} not={whyNot} />
    </>
  )
}
