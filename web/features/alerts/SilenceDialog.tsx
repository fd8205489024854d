import { Dialog } from '../../ui/Dialog.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { useAlert } from './data.ts'
import { SilenceForm } from './SilenceForm.tsx'
import { SilenceSome } from './SilenceSome.tsx'
import { reachesOf } from './silence-rules.ts'
import { useHoldTeams } from './TeamField.tsx'
import type { AlertRow } from './words.ts'

type Props = {
  /** The alerts to silence: one, or several that were selected; none begins with an empty form; undefined is closed. */
  of: readonly AlertRow[] | undefined
  onClose: () => void
  /** It was done, before it closes. */
  onDone?: () => void
}

/** Hold alerts back until a time. */
export const SilenceDialog = ({ of, onClose, onDone }: Props) => {
  const done = () => {
    onDone?.()
    onClose()
  }
  const [one] = of ?? []
  const title = of && of.length > 1 ? `Silence ${of.length} alerts` : one ? `Silence "${one.title}"` : 'Silence alerts'
  return (
    <Dialog opened={of !== undefined} onClose={onClose} title={title} wide>
      {of?.length === 0 && <SilenceForm onClose={onClose} onDone={done} />}
      {of?.length === 1 && one && <OfOne id={one.id} onClose={onClose} onDone={done} />}
      {of && of.length > 1 && <SilenceSome alerts={of} onClose={onClose} onDone={done} />}
    </Dialog>
  )
}

function OfOne({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }) {
  const alert = useAlert(id)
  const { all, teams } = useHoldTeams()
  if (alert.isError && !alert.data)
    return <Failed what="The alert could not be read." error={alert.error} retry={() => void alert.refetch()} />
  if (!alert.data) return <Loading lines={6} />
  const { team, labels } = alert.data
  // An administrator's silence covers all teams, so that an alert which changes its team stays held back.
  const teamId = all ? null : teams.find(({ id: mine }) => mine === team?.id)?.id
  return (
    <SilenceForm
      reaches={reachesOf(alert.data)}
      labels={labels}
      {...(teamId !== undefined && { teamId })}
      onClose={onClose}
      onDone={onDone}
    />
  )
}
