import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { findByTyping } from './find-by-typing.ts'
import { useNow } from './now.ts'
import { clock, localZone } from './time.ts'

/** All zones that this browser knows; what is stored already is kept even when it does not. */
const zonesWith = (value: string): string[] => {
  const known = Intl.supportedValuesOf('timeZone')
  return [...new Set([localZone(), 'UTC', value, ...known])].filter(Boolean).sort()
}

export type ZoneSelectProps = {
  value: string
  onChange: (zone: string) => void
  label?: string
  description?: string
  error?: string | undefined
}

/** A time zone by name, searched by typing; beside each what the clocks say there now. */
export function ZoneSelect({ value, onChange, label = 'Time zone', description, error }: ZoneSelectProps) {
  const now = useNow()
  const data = useMemo(() => zonesWith(value), [value])
  return (
    <Select
      label={label}
      description={description}
      error={error}
      {...findByTyping}
      limit={60}
      data={data}
      value={value}
      onChange={(next) => next && onChange(next)}
      nothingFoundMessage="No zone has such a name. Zones are named after cities: Europe/London."
      renderOption={({ option }) => (
        <>
          <span>{option.value}</span>
          <span className="faint num" style={{ marginLeft: 'auto' }}>
            {clock(now, option.value)}
          </span>
        </>
      )}
    />
  )
}
