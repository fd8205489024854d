import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { query } from '../../api.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Empty } from '../../ui/States.tsx'
import { Ago } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import type { ApiKey } from './data.ts'

const mayWords = ({ scopes }: ApiKey) => (scopes.includes('*') ? 'everything' : scopes.join(', '))
const Used = ({ of }: { of: ApiKey }) =>
  of.lastUsedAt ? <Ago at={of.lastUsedAt} /> : <span className="faint">never</span>

/** Keys of programs; the list is for administrators. */
export function KeysList({ state, keys, act }: { state: 'valid' | 'revoked'; keys: boolean; act: ReactNode }) {
  const found = useQuery(query.identity.keys.list.queryOptions({ input: { limit: 200, state } }))
  const columns: readonly Column<ApiKey>[] = [
    { title: 'Name', main: true, cell: (key) => <span className="strong">{key.name}</span> },
    { title: 'May', faint: true, cell: mayWords },
    { title: 'Last used', width: 108, cell: (key) => <Used of={key} /> },
  ]
  return (
    <DataTable
      label="API keys"
      flow
      rows={found.data?.items}
      rowId={(key) => key.id}
      source={found}
      keys={keys}
      to={(key) => `${paths.people()}?key=${key.id}`}
      columns={columns}
      empty={
        state === 'revoked' ? (
          <Empty title="No key was revoked." />
        ) : (
          <Empty title="No keys yet." act={act}>
            A key lets a program use the API, as far as its scopes reach.
          </Empty>
        )
      }
      phone={(key) => <TwoLine title={key.name} urgent={<Used of={key} />} words={mayWords(key)} />}
    />
  )
}
