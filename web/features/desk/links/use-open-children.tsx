import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import type { AskProps } from '../ask.ts'
import { counted } from '../words.ts'
import { useLinks } from './data.ts'

/** Whether the open children of a ticket are resolved with it: so it is, unless one says otherwise. */
export const useOpenChildren = ({ numbers, ticket }: AskProps) => {
  const found = useLinks(ticket?.number ?? '', numbers.length === 1 && ticket !== undefined)
  const [wanted, setWanted] = useState(true)
  const open = found.data?.children.open ?? 0
  const label =
    open === 1
      ? 'Resolve its open child as well'
      : `Resolve its ${counted(open, 'open child', 'open children')} as well`
  const on = open > 0 && wanted
  return {
    input: on ? { children: true } : {},
    said: on ? `, with ${counted(open, 'child', 'children')}` : '',
    field:
      open > 0 ? (
        <Checkbox
          label={label}
          description="Whoever asked for one of them reads the same words."
          checked={wanted}
          onChange={(event) => setWanted(event.currentTarget.checked)}
        />
      ) : undefined,
  }
}
