import { skipToken, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { hasWhole } from '../../parts/whole-name.ts'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { AlertList } from './AlertList.tsx'
import { factsEvery } from './data.ts'

/** The search takes no shorter one. */
const shortest = 3

/** Open alerts that have a name, such as that of a host, in their host or title; undefined where they cannot be looked for. */
export const useAlertsNaming = (name: string) => {
  const may = useMay('alert.read') !== undefined && name.length >= shortest
  const found = useQuery({
    ...query.alerts.list.queryOptions({ input: may ? { q: name.slice(0, 100), limit: 10 } : skipToken }),
    // The search finds parts of names as well.
    select: (page) => ({
      ...page,
      items: page.items.filter(({ title, host }) => hasWhole(title, name) || hasWhole(host, name)),
    }),
    refetchInterval: factsEvery,
  })
  return may ? found : undefined
}

/** The same on a page. */
export function AlertsNaming({ name }: { name: string }) {
  const found = useAlertsNaming(name)
  if (!found) return null
  const rows = found.data?.items
  return (
    <Panel
      title="Open alerts that name it"
      words={rows && rows.length > 0 ? `${rows.length}${found.data?.next ? ' and more' : ''}` : undefined}
      foot={
        found.data?.next && (
          <Link to={paths.alerts()} search={{ q: name } as never}>
            Show all
          </Link>
        )
      }
    >
      {found.isError && !rows && (
        <Failed what="Its alerts could not be loaded." error={found.error} retry={() => void found.refetch()} />
      )}
      {found.isPending && <Loading lines={2} />}
      {rows && (
        <AlertList
          label="Open alerts that name it"
          flow
          keys={false}
          rows={rows}
          empty={<Empty title="No open alert names it." />}
        />
      )}
    </Panel>
  )
}
