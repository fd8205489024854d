import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Empty } from '../../ui/States.tsx'
import type { Reader } from './data.ts'
import type { View } from './views.ts'

/** Whether what fills a view, when it is empty, is to open a ticket. */
export const opensOne = (view: View, first: string | undefined): boolean => !view.filledBy || view.name === first

/** An empty list: what it is for, and the one act that goes on. */
export function NoTickets({
  view,
  reader,
  first,
  showFirst,
  add,
}: {
  view: View | undefined
  reader: Reader
  /** The view that is shown when none is asked for. */
  first: string | undefined
  showFirst: () => void
  /** The act that opens a ticket. */
  add: ReactNode
}) {
  if (!view)
    return (
      <Empty title="No ticket fits this filter." act={<Button onClick={showFirst}>Remove the filter</Button>}>
        Take away a part of it, or look into all that is open.
      </Empty>
    )
  if (!opensOne(view, first))
    return (
      <Empty title={view.empty} act={<Button onClick={showFirst}>Show {first}</Button>}>
        {view.filledBy}
      </Empty>
    )
  return (
    <Empty title={view.empty} act={add}>
      {reader.desk
        ? 'Tickets come here by themselves when an alert opens one, and when somebody asks.'
        : 'When something is broken or you need something, ask for it here and follow what becomes of it.'}
    </Empty>
  )
}
