import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import type { LogEvent } from '../../../contract/system.ts'
import { api, query } from '../../api.ts'
import { mainThing } from '../../parts/places.ts'
import { useAct } from '../../parts/use-act.ts'
import { useSearchText } from '../../parts/use-search-text.ts'
import { Act } from '../../ui/Act.tsx'
import { csvText, saveCsv } from '../../ui/csv.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { keyset, rowsOf } from '../../ui/list.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { Exact, useZone } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { toast } from '../../ui/toast.ts'
import { useChain } from './AuditChain.tsx'
import { auditFields, readAudit } from './audit-filter.ts'
import styles from './settings.module.css'

const About = ({ about }: Pick<LogEvent, 'about'>) => {
  const thing = mainThing(about)
  return thing?.to ? <Link to={thing.to}>{thing.name}</Link> : thing?.name
}

const columns: readonly Column<LogEvent>[] = [
  { title: 'When', width: 208, mono: true, cell: ({ at }) => <Exact at={at} /> },
  { title: 'Who', width: 150, from: 700, cell: ({ actor }) => actor.name },
  { title: 'About', width: 150, from: 900, cell: ({ about }) => <About about={about} /> },
  { title: 'What happened', main: true, cell: ({ text }) => text },
  { title: 'Type', width: 210, faint: true, mono: true, from: 1000, cell: ({ type }) => type },
]

/** As many as a file for a spreadsheet takes from here; the command line writes all of it. */
const mostExported = 5_000

const csvOf = (events: readonly LogEvent[]): string => {
  const line = (e: LogEvent) => [
    e.at,
    e.actor.name,
    e.actor.kind,
    e.type,
    e.subject,
    mainThing(e.about)?.name ?? '',
    e.text,
    JSON.stringify(e.data),
  ]
  return csvText([['at', 'who', 'kind', 'type', 'subject', 'name', 'text', 'data'], ...events.map(line)])
}

/** The log of the whole installation: who did what and when, and whether it is as it was written. */
export function Audit() {
  const [filter, setFilter] = useSearchText('filter')
  const zone = useZone()
  const people = useQuery(query.identity.users.list.queryOptions({ input: { limit: 200 }, staleTime: 300_000 }))
  const known = useMemo(() => people.data?.items ?? [], [people.data])
  const { asked, problems } = readAudit(filter, known, zone)
  const [cursor, setCursor] = useState<string>()
  const ready = people.data !== undefined || !filter.includes('who:')
  const list = useInfiniteQuery({
    ...query.system.events.infiniteOptions({
      input: (page: string | undefined) => ({ ...asked, limit: 100, ...(page && { cursor: page }) }),
      ...keyset,
    }),
    enabled: ready,
  })
  const chain = useChain()
  const exported = useAct(async () => {
    const events: LogEvent[] = []
    let page: string | undefined
    do {
      const found = await api.system.events({ ...asked, limit: 200, ...(page && { cursor: page }) })
      events.push(...found.items)
      page = found.next ?? undefined
    } while (page && events.length < mostExported)
    saveCsv('watchfloor-log.csv', csvOf(events))
    toast(
      page
        ? `The newest ${events.length.toLocaleString('en')} were saved. “watchfloor audit export” writes all of them.`
        : `${events.length.toLocaleString('en')} were saved.`,
    )
  }, {})
  const rows = rowsOf(list.data)
  return (
    <Page
      title="Audit log"
      fill
      below={
        <div className={styles.auditTop}>
          <FilterBar label="Filter the log" value={filter} onChange={setFilter} fields={auditFields(known)} />
          {chain.words}
          {problems.length > 0 && <div className="warn">{problems.join(' ')}</div>}
        </div>
      }
      acts={
        <>
          {chain.act}
          <Act label="Save as CSV" k="e" busy={exported.busy} run={() => exported.run(undefined)} />
        </>
      }
    >
      <Panel fill label="What happened">
        <DataTable
          label="What happened, newest first"
          rows={rows}
          source={list}
          rowId={({ id }) => id}
          columns={columns}
          choose="log"
          cursor={cursor}
          onCursor={setCursor}
          phone={({ at, actor, about, text }) => (
            <TwoLine
              title={text}
              words={[actor.name, mainThing(about)?.name].filter(Boolean).join(' · ')}
              end={<Exact at={at} />}
            />
          )}
          empty={<Empty title="Nothing was recorded that fits.">Take a part of the filter away.</Empty>}
        />
      </Panel>
    </Page>
  )
}
