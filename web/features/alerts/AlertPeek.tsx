import { Anchor } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { Sheet } from '../../ui/Dialog.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { AlertDetails } from './AlertDetails.tsx'
import { AlertFacts } from './AlertFacts.tsx'
import { AlertHeld } from './AlertHeld.tsx'
import { useAlert } from './data.ts'
import type { AlertRow } from './words.ts'

/** An alert over its list, to look and go on: Space or Escape closes it, Enter opens its page. */
export const AlertPeek = ({ of, onClose }: { of: AlertRow | undefined; onClose: () => void }) => (
  <Sheet opened={of !== undefined} onClose={onClose} title={of?.title ?? 'Alert'} from="right">
    {of && <Peeked id={of.id} onClose={onClose} />}
  </Sheet>
)

function Peeked({ id, onClose }: { id: string; onClose: () => void }) {
  const navigate = useNavigate()
  useKeys(
    [
      { key: 'Enter', label: 'Open the alert', kind: 'move', run: () => void navigate({ to: paths.alert(id) }) },
      { key: 'Space', label: 'Back to the list', kind: 'move', run: onClose },
    ],
    { level: 'dialog' },
  )
  const { data: alert, isError, error, refetch } = useAlert(id)
  if (isError && !alert)
    return <Failed what="The alert could not be read." error={error} retry={() => void refetch()} />
  if (!alert) return <Loading lines={6} />
  return (
    <Rows>
      <AlertHeld alert={alert} />
      <AlertDetails alert={alert} />
      <Panel label="Facts">
        <AlertFacts alert={alert} />
      </Panel>
      <Anchor component={Link} to={paths.alert(id)}>
        Open the alert <Kbd k="Enter" />
      </Anchor>
    </Rows>
  )
}
