import { Status } from '../../ui/Marks.tsx'
import { useAlertsNaming } from '../alerts/AlertsNaming.tsx'
import { useMonitorsNaming } from '../monitors/MonitorsNaming.tsx'
import { StateMark } from '../monitors/StateMark.tsx'
import { counted } from './words.ts'

/** How a host stands at a look: the worst that a monitor sees of it, and how many alerts name it. */
export function HostNow({ name }: { name: string }) {
  const monitors = useMonitorsNaming(name)?.data
  const alerts = useAlertsNaming(name)?.data
  const [worst] = monitors?.items ?? []
  return (
    <>
      {worst && <StateMark state={worst.state} />}
      {monitors && !worst && <Status tone="off">no monitor</Status>}
      {alerts && alerts.items.length > 0 && (
        <Status tone="down">
          {alerts.next ? `more than ${alerts.items.length} open alerts` : counted(alerts.items.length, 'open alert')}
        </Status>
      )}
    </>
  )
}
