import { defaultOptionsFilter, Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { query } from '../../../api.ts'
import { nothingFound, useServerSearch } from '../../../ui/find-by-typing.ts'
import { Kbd } from '../../../ui/Kbd.tsx'
import { useKeys } from '../../../ui/keys.ts'
import styles from './map.module.css'

/** Any service by its name, also one that is not drawn. */
export function FindService({ onFound }: { onFound: (id: string) => void }) {
  const field = useRef<HTMLInputElement>(null)
  useKeys([{ key: '/', label: 'Find a service on the map', kind: 'move', run: () => field.current?.focus() }])
  const { search, fieldOf } = useServerSearch(null)
  const found = useQuery({
    ...query.catalog.services.list.queryOptions({ input: { limit: 200, ...search } }),
    placeholderData: keepPreviousData,
  })
  return (
    <Select
      ref={field}
      className={styles.find}
      {...fieldOf(found.data?.items).field}
      // Also before the server has answered, so that Enter takes one that was meant.
      filter={defaultOptionsFilter}
      aria-label="Find a service on the map"
      placeholder="Find a service"
      nothingFoundMessage={nothingFound(found, 'No service has such a name.')}
      rightSection={<Kbd k="/" />}
      onChange={(id) => {
        if (!id) return
        onFound(String(id))
        field.current?.blur()
      }}
    />
  )
}
