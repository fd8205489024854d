import { skipToken, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { AlertList } from './AlertList.tsx'
import { factsEvery } from './data.ts'

/** The search takes no shorter one. */
const shortest = 3

/** Open alerts that have a name, such as that of a host, in their host or title; nothing is shown when there is none. */
export function AlertsNaming({ name }: { name: string }) {
  const may = useMay('alert.read') !== undefined && name.length >= shortest
  const found = useQuery({
    ...query.alerts.list.queryOptions({ input: may ? { q: name.slice(0, 100), limit: 10 } : skipToken }),
    refetchInterval: factsEvery,
  })
  const rows = found.data?.items ?? []
  if (rows.length === 0) return null
  return (
    <Panel
      title="Open alerts that name it"
      words={`${rows.length}${found.data?.next ? ' and more' : ''}`}
      foot={
        found.data?.next && (
          <Link to={paths.alerts()} search={{ q: name } as never}>
            Show all
          </Link>
        )
      }
    >
      <AlertList label="Open alerts that name it" flow keys={false} rows={rows} empty={null} />
    </Panel>
  )
}
