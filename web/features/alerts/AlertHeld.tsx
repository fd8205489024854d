import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Callout } from '../../ui/States.tsx'
import { Ago, Stamp } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { alertKeys, holdKeys } from './data.ts'
import { type AlertDetail, isOpen } from './words.ts'

/** Why nobody was told of it, by whom and until when; it stays with the alert when it is over. */
export function AlertHeld({ alert, acts = false }: { alert: AlertDetail; acts?: boolean }) {
  const { held } = alert
  const may = useMay('silence.write')
  const end = useAct((id: string) => api.alerts.silences.end({ id }), {
    refresh: [...alertKeys, ...holdKeys],
    done: () => toast('It is ended. The alerts that it held back are told now.'),
  })
  const navigate = useNavigate()
  if (!held) return null
  const open = isOpen(alert.status)
  const look = () =>
    void navigate({
      to: paths.alerts(),
      search: (held.kind === 'silence'
        ? { view: 'silences', silence: held.id }
        : { view: 'maintenance', window: held.id }) as never,
    })
  const word = held.kind === 'silence' ? 'silence' : 'maintenance window'
  return (
    <Callout
      tone="note"
      acts={
        acts &&
        open && (
          <>
            {may && held.kind === 'silence' && (
              <Act label="End the silence" k="S" run={() => end.run(held.id)} busy={end.busy} />
            )}
            <Act label={`Look at the ${word}`} k="l" run={look} />
          </>
        )
      }
    >
      <b>{open ? 'Held back' : 'It was held back'}</b> by a {word} of <b>{held.by}</b>
      {held.until && (
        <>
          {' '}
          until <Stamp at={held.until} /> <span className="faint">({<Ago at={held.until} />})</span>
        </>
      )}
      : {held.reason}
      <div className="muted">
        {open ? 'It is watched, but nobody is told while this lasts.' : 'Nobody was told of it.'}
      </div>
    </Callout>
  )
}
