import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { rowsOf } from '../../ui/list.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { type SchedulerDetail, useStrangers } from './data.ts'
import styles from './schedulers.module.css'

/** Jobs that it has and that we have not, and what to do about them. */
export function Strangers({ scheduler }: { scheduler: SchedulerDetail }) {
  const list = useStrangers(scheduler.id)
  const rows = rowsOf(list.data)
  const words = scheduler.strangers > 0 ? 'they run unwatched' : undefined
  return (
    <Panel
      title="Not imported"
      words={words}
      right={scheduler.strangers > 0 && <Link to={paths.importJobs()}>Import jobs</Link>}
    >
      {list.isError && (
        <Failed
          what="The jobs that are not imported could not be loaded."
          error={list.error}
          retry={() => void list.refetch()}
        />
      )}
      {!rows && !list.isError && <Loading />}
      {rows?.length === 0 && (
        <Empty title={scheduler.readAt ? 'Every job that it tells of is watched.' : 'It has not been read yet.'}>
          {scheduler.host
            ? `Jobs are known by the names that an import from the host ${scheduler.host} gives them.`
            : 'Jobs are known by the names that an import gives them.'}
        </Empty>
      )}
      {rows && rows.length > 0 && (
        <>
          <ul className={styles.names}>
            {rows.map(({ name }) => (
              <li key={name}>
                <code>{name}</code>
              </li>
            ))}
          </ul>
          {list.hasNextPage && (
            <p className={styles.answer}>
              <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                Show more
              </Button>
            </p>
          )}
        </>
      )}
    </Panel>
  )
}
