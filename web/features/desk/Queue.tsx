import { Button, useMatches } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import { query } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Choices, Toggle } from '../../ui/Chip.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { isFocusFree } from '../../ui/focus.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { useKeys } from '../../ui/keys.ts'
import { useMedia } from '../../ui/media.ts'
import { Columns, Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Loading } from '../../ui/States.tsx'
import { useToastsAt } from '../../ui/toast.ts'
import { type Reader, useReader } from './data.ts'
import { NoTickets, opensOne } from './NoTickets.tsx'
import { QueueFilter } from './QueueFilter.tsx'
import styles from './queue.module.css'
import { columnsFor, PhoneRow } from './queue-columns.tsx'
import { isSame } from './queue-language.ts'
import { SavedViews, useSavedViews } from './SavedViews.tsx'
import { SaveView } from './SaveView.tsx'
import { TicketPane, useBeside } from './TicketPane.tsx'
import { useBesideWanted } from './use-beside.ts'
import { useQueue } from './use-queue.ts'
import { type Runnable, useVerbs } from './use-verbs.tsx'
import { VerbButtons } from './VerbRow.tsx'
import type { Verb } from './verbs.ts'
import { countWords, type View, viewOf } from './views.ts'

/** Of many that are selected the acts stand under the list. */
const none: readonly Runnable[] = []

/** The queue: a list with the ticket beside it. */
export function Queue() {
  const reader = useReader()
  return reader ? (
    <Opened reader={reader} />
  ) : (
    <Page title="Queue">
      <Loading />
    </Page>
  )
}

function Opened({ reader }: { reader: Reader }) {
  const queue = useQueue(reader)
  const saved = useSavedViews(reader)
  const { rows, row, marked, cursor } = queue
  const [filtering, setFiltering] = useState(false)
  const [besideWanted, setBesideWanted] = useBesideWanted()
  const wide = useMatches({ base: false, lg: true })
  const compact = !wide
  const roomy = useMedia('(min-width: 1700px)')
  const beside = wide && besideWanted
  const detail = useBeside(beside ? row?.number : undefined)
  useToastsAt(beside ? (marked.size > 0 ? 'above' : 'list') : undefined)
  const list = useRef<HTMLDivElement>(null)
  const columns = useMemo(() => columnsFor(reader), [reader])
  // The cursor moves at once; the ticket beside it follows when there is time, and lets each key go first.
  const besideRow = useDeferredValue(row) ?? row
  const besideTicket = useDeferredValue(detail.data)
  const counts = useQuery(query.desk.counts.queryOptions())

  const focusCursor = () =>
    requestAnimationFrame(() => {
      if (isFocusFree()) list.current?.querySelector<HTMLElement>('tr[data-cursor]')?.focus()
    })
  const after = (verb: Pick<Verb, 'moves'>, done: readonly string[]) => {
    queue.setMarked(new Set([...marked].filter((number) => !done.includes(number))))
    // A ticket that leaves the list gives its place to the next one; one that stays is stepped over.
    const numbers = rows?.map(({ number }) => number) ?? []
    const next = numbers.slice(numbers.indexOf(cursor ?? '') + 1).find((number) => !done.includes(number))
    if (verb.moves && cursor && done.includes(cursor) && next) queue.setCursor(next)
    setTimeout(focusCursor, 60)
  }
  const numbers = marked.size > 0 ? [...marked] : row ? [row.number] : []
  const { runnables, dialog } = useVerbs({
    reader,
    numbers,
    row: rows?.find(({ number }) => number === numbers[0]),
    ticket: detail.data?.number === numbers[0] ? detail.data : undefined,
    titles: new Map(rows?.map(({ number, title }) => [number, title])),
    after,
    home: focusCursor,
  })
  const besideRunnables = useDeferredValue(marked.size > 0 ? none : runnables)
  const { refetch } = detail
  const retry = useCallback(() => void refetch(), [refetch])
  const clear = () => queue.setMarked(new Set())
  useKeys([{ key: 'Escape', label: 'Select nothing', kind: 'move', run: clear }], { when: marked.size > 0 })
  useKeys(
    queue.views.map((view, index) => ({
      key: String(index + 1),
      label: `View: ${view.name}`,
      kind: 'go' as const,
      run: () => queue.setFilter(view.filter),
    })),
  )
  const view = viewOf(queue.views, queue.filter)
  useKeys([{ key: '/', label: 'Filter the tickets', kind: 'move', run: () => setFiltering(true) }], {
    when: compact && !filtering && view !== undefined,
  })
  const isShown = (one: View) => !one.aside || one === view || (one.count && (counts.data?.[one.count] ?? 0) > 0)
  const kept = saved.find((one) => isSame(one.filter, queue.filter))
  const total = view?.count && counts.data?.[view.count]
  const read = rows && `${rows.length.toLocaleString('en-GB')}${queue.found.hasNextPage ? '+' : ''}`
  const filter = (
    <>
      {(!compact || filtering || !view) && (
        <div className={styles.filter}>
          <QueueFilter value={queue.filter} onChange={queue.setFilter} reader={reader} begin={filtering} />
        </div>
      )}
      <span className="faint num">
        {read}
        {total !== undefined && ` of ${countWords(total)}`}
        {wide && rows && rows.length > 1 && `, ${queue.newestFirst ? 'newest' : 'most pressing'} first`}
      </span>
      {compact && view && (
        <span className={styles.ask}>
          <Toggle on={filtering} onChange={setFiltering}>
            Filter {!filtering && <Kbd k="/" />}
          </Toggle>
        </span>
      )}
    </>
  )
  const add = <Act label={reader.desk ? 'New ticket' : 'Ask for help'} k="c" kind="primary" to={paths.newTicket()} />
  return (
    <Page
      title="Queue"
      fill
      below={!roomy && filter}
      chips={
        <>
          <div className={styles.views}>
            <Choices
              label="Views"
              value={view?.name ?? ''}
              onChange={(name) => queue.setFilter(queue.views.find((one) => one.name === name)?.filter ?? '')}
              of={queue.views.filter(isShown).map(({ name, count }) => ({
                value: name,
                label: count && counts.data ? `${name} ${countWords(counts.data[count])}` : name,
              }))}
            />
            <SavedViews views={saved} reader={reader} filter={queue.filter} onChange={queue.setFilter} />
          </div>
          {roomy && filter}
        </>
      }
      acts={
        <>
          {reader.desk && !view && !queue.problem && <SaveView filter={queue.filter} view={kept} reader={reader} />}
          {reader.desk && <Act label="Phone log" k="p" to={paths.phoneLog()} />}
          {!(rows?.length === 0 && view && opensOne(view, queue.views[0]?.name)) && add}
        </>
      }
    >
      <Columns of={beside && row ? 'minmax(0, 1fr) clamp(560px, 38%, 760px)' : 'minmax(0, 1fr)'} fill phone="first">
        <div ref={list} className={styles.list}>
          <Panel
            fill
            label="Tickets"
            foot={
              marked.size > 0 && (
                <div className={styles.selected}>
                  <b>{marked.size} selected</b>
                  <VerbButtons
                    runnables={runnables}
                    of={['take', 'assign', 'move', 'priority', 'merge', 'parent', 'wait', 'resolve']}
                  />
                  <Button rightSection={<Kbd k="Escape" />} onClick={clear}>
                    Clear
                  </Button>
                </div>
              )
            }
          >
            {queue.problem ? (
              <Empty title="This filter cannot be listed.">{queue.problem}</Empty>
            ) : (
              <DataTable
                label={view || kept ? `Tickets: ${(view ?? kept)?.name}` : 'Tickets'}
                rows={rows}
                rowId={(one) => one.number}
                columns={columns}
                choose="queue"
                to={(one) => paths.ticket(one.number)}
                source={queue.found}
                cursor={cursor}
                onCursor={queue.setCursor}
                {...(wide && { onPeek: () => setBesideWanted(!besideWanted) })}
                {...(reader.desk && { marked, onMarked: queue.setMarked })}
                phone={(one) => <PhoneRow row={one} reader={reader} />}
                empty={
                  <NoTickets
                    view={view}
                    reader={reader}
                    first={queue.views[0]?.name}
                    add={add}
                    showFirst={() => queue.setFilter(queue.views[0]?.filter ?? '')}
                  />
                }
              />
            )}
          </Panel>
        </div>
        {beside && row && besideRow && (
          <TicketPane
            row={besideRow}
            ticket={besideTicket?.number === besideRow.number ? besideTicket : undefined}
            reader={reader}
            runnables={besideRunnables}
            failed={detail.error}
            retry={retry}
          />
        )}
      </Columns>
      {dialog}
    </Page>
  )
}
