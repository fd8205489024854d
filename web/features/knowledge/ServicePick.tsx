import { Select } from '@mantine/core'
import { findByTyping, nothingFound } from '../../ui/find-by-typing.ts'
import { useServices } from './data.ts'

/** Narrows the list to one service. */
export function ServicePick({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const found = useServices()
  return (
    <Select
      {...findByTyping}
      clearable
      aria-label="Service"
      placeholder="Any service"
      data={(found.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
      nothingFoundMessage={nothingFound(found, 'No service has such a name.')}
    />
  )
}
