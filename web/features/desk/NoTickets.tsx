import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { Empty } from '../../ui/States.tsx'
import type { Reader } from './data.ts'
import type { View } from './views.ts'

/** An empty list: what it is for, and the one act that goes on. */
export function NoTickets({
  view,
  reader,
  first,
  showFirst,
}: {
  view: View | undefined
  reader: Reader
  /** The view that is shown when none is asked for. */
  first: string | undefined
  showFirst: () => void
}) {
  const navigate = useNavigate()
  if (!view)
    return (
      <Empty title="No ticket fits this filter." act={<Button onClick={showFirst}>Remove the filter</Button>}>
        Take away a part of it, or look into all that is open.
      </Empty>
    )
  if (view.filledBy && view.name !== first)
    return (
      <Empty title={view.empty} act={<Button onClick={showFirst}>Show {first}</Button>}>
        {view.filledBy}
      </Empty>
    )
  return (
    <Empty
      title={view.empty}
      act={
        <Button onClick={() => void navigate({ to: paths.newTicket() })}>
          {reader.desk ? 'Open a ticket' : 'Ask for help'}
        </Button>
      }
    >
      {reader.desk
        ? 'Tickets come here by themselves when an alert opens one, and when somebody asks.'
        : 'When something is broken or you need something, ask for it here and follow what becomes of it.'}
    </Empty>
  )
}
