import { useQuery } from '@tanstack/react-query'
import { api, query } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { EndHold } from './EndHold.tsx'
import { whyNotHold } from './hold-rules.ts'
import { MaintenanceForm } from './MaintenanceForm.tsx'

/** A maintenance window over its list: to look at, to change and to end. */
export const MaintenanceView = ({ id, onClose }: { id: string; onClose: () => void }) => (
  <Dialog opened={id !== ''} onClose={onClose} title="Maintenance" wide>
    {id !== '' && <Read id={id} onClose={onClose} />}
  </Dialog>
)

function Read({ id, onClose }: { id: string; onClose: () => void }) {
  const window = useQuery(query.alerts.maintenance.read.queryOptions({ input: { id } }))
  const me = useMe().data
  if (window.isError && !window.data)
    return <Failed what="The window could not be read." error={window.error} retry={() => void window.refetch()} />
  if (!window.data) return <Loading lines={6} />
  const { can } = window.data
  const not = can.change ?? whyNotHold(window.data, me)
  return (
    <MaintenanceForm
      window={window.data}
      not={not}
      onClose={onClose}
      more={
        not === undefined && (
          <EndHold
            what="the maintenance"
            end={() => api.alerts.maintenance.end({ id })}
            not={can.end}
            onDone={onClose}
          />
        )
      }
    />
  )
}
