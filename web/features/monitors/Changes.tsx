import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import type { monitorChange } from '../../../contract/monitors/shapes.ts'
import { query } from '../../api.ts'
import { paths } from '../../paths.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { keyset, rowsOf } from '../../ui/list.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { Lasting, Stamp } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import styles from './monitors.module.css'
import { StateMark } from './StateMark.tsx'

type Change = z.output<typeof monitorChange>

/** What came of a change: its ticket, else its alert, else why nobody was told. */
function Then({ change: { ticket, alertId, state } }: { change: Change }) {
  if (ticket)
    return (
      <>
        <Link to={paths.ticket(ticket.number)} className={styles.link}>
          {ticket.number}
        </Link>{' '}
        {ticket.state.replace('_', ' ')}
      </>
    )
  if (alertId)
    return (
      <Link to={paths.alert(alertId)} className={styles.link}>
        alert
      </Link>
    )
  return state === 'unknown' || state === 'unobserved' ? 'not counted as down' : null
}

/** Its changes of state, newest first, and what came of each. */
export function Changes({ id }: { id: string }) {
  const source = useInfiniteQuery(
    query.monitors.changes.infiniteOptions({
      input: (cursor: string | undefined) => ({ id, limit: 8, ...(cursor && { cursor }) }),
      ...keyset,
    }),
  )
  const { hasNextPage, isFetchingNextPage, fetchNextPage, ...rest } = source
  return (
    <Panel
      title="What changed"
      foot={
        hasNextPage && (
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show earlier
          </Button>
        )
      }
    >
      <DataTable
        label="What changed"
        flow
        rows={rowsOf(source.data)}
        source={{ isPending: rest.isPending, isError: rest.isError, error: rest.error, refetch: rest.refetch }}
        rowId={(row) => row.at}
        empty={<Empty title="Its state was not decided yet.">The first looks do that within a moment.</Empty>}
        columns={[
          { title: 'When', width: 122, faint: true, cell: (row) => <Stamp at={row.at} full /> },
          { title: 'State', width: 124, cell: (row) => <StateMark state={row.state} /> },
          {
            title: 'For',
            width: 84,
            align: 'right',
            faint: true,
            from: 700,
            cell: (row) => <Lasting from={row.at} to={row.until} />,
          },
          { title: 'What', cell: (row) => <span title={row.message ?? undefined}>{row.message}</span> },
          { title: 'Then', width: 136, faint: true, from: 520, cell: (row) => <Then change={row} /> },
        ]}
        phone={(row) => (
          <TwoLine
            title={<StateMark state={row.state} />}
            urgent={<Stamp at={row.at} full />}
            words={row.message}
            end={<Then change={row} />}
          />
        )}
      />
    </Panel>
  )
}
