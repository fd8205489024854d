import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { TicketRow } from '../../../contract/desk/shapes.ts'
import { useMay, useMe } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { rowsOf } from '../../ui/list.ts'
import { useNow } from '../../ui/now.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { Ago, useZone } from '../../ui/Time.tsx'
import { DeadlineLine } from '../chains/DeadlineList.tsx'
import { useDeadlines } from '../chains/data.ts'
import { useDisturbances, useMine } from './data.ts'
import styles from './portal.module.css'
import { Trouble } from './Trouble.tsx'
import { isOver, needsMe, standsAt } from './words.ts'

/** Home of those who ask: what to do, what is known to be disturbed, and how it stands with what they asked. */
export function Home() {
  const mine = useMine()
  const rows = rowsOf(mine.data)
  const [all, setAll] = useState(false)
  const needing = rows?.filter(needsMe) ?? []
  const open = rows?.filter((row) => !needsMe(row) && !isOver(row)) ?? []
  const over = rows?.filter(isOver) ?? []
  return (
    <Page title="How can we help?">
      <div className={styles.acts}>
        <Act label="Report a problem" to={paths.newTicket()} k="c" kind="primary" />
        <Act label="Ask for something" to={paths.catalogue()} k="a" />
      </div>
      <KnownTrouble />
      <DeadlinesInDanger />
      <Panel title="What you asked">
        {!rows && mine.isError ? (
          <Failed what="Your tickets could not be loaded." error={mine.error} retry={() => void mine.refetch()} />
        ) : !rows ? (
          <Loading lines={3} />
        ) : rows.length === 0 ? (
          <Empty title="You have asked for nothing yet.">
            What you report is listed here, with how it stands and what we answer.
          </Empty>
        ) : (
          <Tickets of={[...needing, ...open, ...(all ? over : [])]} />
        )}
      </Panel>
      {(over.length > 0 || mine.hasNextPage) && (
        <div className={styles.over}>
          {!all ? (
            <Button onClick={() => setAll(true)}>Show what is over</Button>
          ) : (
            mine.hasNextPage && (
              <Button loading={mine.isFetchingNextPage} onClick={() => void mine.fetchNextPage()}>
                Show older ones
              </Button>
            )
          )}
        </div>
      )}
    </Page>
  )
}

/** On a bad day there are many; what one asked must stay in sight. */
const MOST_TROUBLE = 3
const MOST_DEADLINES = 5

function KnownTrouble() {
  const [all, setAll] = useState(false)
  const known = useDisturbances().data?.items
  const found = known ?? []
  // What hurts the reader comes first, as it was when he came: what he presses stays under his finger.
  const [first, setFirst] = useState<ReadonlySet<string>>()
  if (known && !first)
    setFirst(new Set(known.flatMap(({ id, mine, units }) => (mine === null && units.length === 0 ? [] : [id]))))
  const ordered = found.toSorted((a, b) => Number(first?.has(b.id)) - Number(first?.has(a.id)))
  const more = ordered.length - MOST_TROUBLE
  return (
    found.length > 0 && (
      <section className={styles.trouble} aria-label="Known trouble">
        {(all ? ordered : ordered.slice(0, MOST_TROUBLE)).map((one) => (
          <Trouble key={one.id} of={one} />
        ))}
        {!all && more > 0 && (
          <Button onClick={() => setAll(true)}>
            {more === 1 ? 'Trouble with one more service' : `Trouble with ${more} more services`}
          </Button>
        )}
      </section>
    )
  )
}

/** For a stakeholder: what will probably not be done in time tonight. */
function DeadlinesInDanger() {
  const may = useMay('chain.read') !== undefined
  const rows = rowsOf(useDeadlines(may ? { view: 'trouble' } : undefined).data) ?? []
  if (rows.length === 0) return null
  return (
    <Panel title="Deadlines in danger" foot={<Link to={paths.chains()}>All deadlines</Link>}>
      <ul className={styles.list} aria-label="Deadlines in danger">
        {rows.slice(0, MOST_DEADLINES).map((row) => (
          <li key={row.id} className={styles.deadline}>
            <DeadlineLine row={row} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Tickets({ of }: { of: readonly TicketRow[] }) {
  const me = useMe().data
  const now = useNow()
  const zone = useZone()
  if (of.length === 0) return <Empty title="Nothing is open." />
  return (
    <ul className={styles.list} aria-label="What you asked">
      {of.map((row) => (
        <li key={row.id}>
          <Link to={paths.ticket(row.number)} className={styles.row} data-needs={needsMe(row) || undefined}>
            <span>{row.title}</span>
            <span className={needsMe(row) ? styles.needs : 'muted'}>{standsAt(row, now, zone)}</span>
            <span className="faint clip">
              {row.number}
              {row.service && ` · ${row.service.name}`}
              {row.requester && row.requester.id !== me?.id && ` · asked by ${row.requester.name}`} ·{' '}
              <Ago at={row.updatedAt} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
