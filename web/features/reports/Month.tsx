import { Select } from '@mantine/core'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { DisturbedService, MissedNight, MonthReport, PastDisturbance } from '../../../contract/reports/index.ts'
import { query } from '../../api.ts'
import { asksOnly } from '../../parts/by-reader.tsx'
import { useMe } from '../../parts/frame-data.ts'
import { NotFound } from '../../parts/PageFailed.tsx'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { saveCsv } from '../../ui/csv.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { Priority } from '../../ui/Marks.tsx'
import { useNow } from '../../ui/now.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { Stamp, useZone } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { useUrlState } from '../../ui/url.ts'
import { wallOf } from '../../ui/wall.ts'
import { MonthNav } from '../jobs/calendar/MonthNav.tsx'
import { monthWords } from '../jobs/calendar/words.ts'
import { isUnknown, minutesWords, monthCsv, monthSentence, openingMonth, times, watchedFrom } from './words.ts'

const isMonth = /^2[01]\d\d-(0[1-9]|1[0-2])$/

/** What a month was like for the business: which services were disturbed for how long, which deadlines were missed. */
export function Month() {
  const me = useMe().data
  const zone = useZone()
  const now = useNow()
  const today = wallOf(now, zone).slice(0, 10)
  const [present, opening] = [today.slice(0, 7), openingMonth(today)]
  const [given, setMonth] = useUrlState<string>('month', '')
  const [unitId, setUnit] = useUrlState<string>('unit', '')
  const month = isMonth.test(given) ? given : opening
  const may = me?.may['report.read'] !== undefined
  const found = useQuery({
    ...query.reports.month.queryOptions({
      input: may ? { month, zone, ...(unitId && { unitId }) } : skipToken,
    }),
    placeholderData: keepPreviousData,
    refetchInterval: month === present ? 60_000 : false,
  })
  if (me && !may) return <NotFound />
  const report = found.data
  const name = `watchfloor-${month}.csv`
  return (
    <Page
      title={me && asksOnly(me) ? 'The month' : 'Reports'}
      chips={
        <>
          <MonthNav month={month} now={present} onMonth={(next) => setMonth(next === opening ? '' : next)} />
          {me && !asksOnly(me) && <UnitSelect unitId={unitId} onChange={setUnit} />}
        </>
      }
      acts={report && <Act label="Save as CSV" k="e" run={() => saveCsv(name, monthCsv(report))} />}
    >
      {found.isError && (
        <Failed what="The month could not be loaded." error={found.error} retry={() => void found.refetch()} />
      )}
      {!report && !found.isError && <Loading lines={8} />}
      {month === opening && opening !== present && (
        <p className="faint">
          {monthWords(present)} has only begun: until its third working day this opens with the month before.
        </p>
      )}
      {report && (
        <Shown
          of={report}
          month={month}
          asks={me !== undefined && asksOnly(me)}
          first={
            report.watchedSince === null ? (
              me?.may['monitor.write'] && <Act label="New monitor" k="c" kind="primary" to={paths.newMonitor()} />
            ) : (
              <Act
                label={`Show ${monthWords(wallOf(Date.parse(report.watchedSince), zone).slice(0, 7))}`}
                k="m"
                run={() => setMonth(wallOf(Date.parse(report.watchedSince ?? ''), zone).slice(0, 7))}
              />
            )
          }
        />
      )}
    </Page>
  )
}

/** The desk reads what a head of desk reads. */
function UnitSelect({ unitId, onChange }: { unitId: string; onChange: (id: string) => void }) {
  const units = useQuery(query.catalog.businessUnits.list.queryOptions({ input: { limit: 200 } }))
  return (
    <Select
      aria-label="Business unit"
      placeholder="All business units"
      {...findByTyping}
      clearable
      data={(units.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={unitId || null}
      onChange={(id) => onChange(id ?? '')}
    />
  )
}

const services: readonly Column<DisturbedService>[] = [
  { title: 'Service', main: true, cell: ({ name }) => <span className="strong">{name}</span> },
  { title: 'Disturbed', width: 104, align: 'right', cell: ({ minutes }) => minutesWords(minutes) },
  { title: 'Times', width: 64, align: 'right', cell: ({ times }) => <span className="num">{times}</span> },
  { title: 'Longest', width: 104, align: 'right', from: 440, cell: (row) => minutesWords(row.longestMinutes) },
  { title: 'Now', width: 96, from: 560, cell: ({ open }) => open > 0 && <span className="warn">goes on</span> },
]

const deadlines: readonly Column<MonthReport['deadlines'][number]>[] = [
  { title: 'Deadline', main: true, cell: ({ name }) => <span className="strong">{name}</span> },
  { title: 'Service', width: 200, faint: true, from: 560, cell: ({ service }) => service?.name },
  { title: 'Nights', width: 72, align: 'right', cell: ({ nights }) => <span className="num">{nights}</span> },
  { title: 'Missed', width: 72, align: 'right', cell: ({ missed }) => <span className="num">{missed}</span> },
]

const late = ({ dueAt, doneAt }: MissedNight) =>
  doneAt ? `${minutesWords(Math.round((Date.parse(doneAt) - Date.parse(dueAt)) / 60_000))} late` : 'not done yet'

const missed: readonly Column<MissedNight>[] = [
  { title: 'Due', width: 118, cell: ({ dueAt }) => <Stamp at={dueAt} full /> },
  { title: 'Deadline', main: true, cell: ({ deadline }) => <span className="strong">{deadline.name}</span> },
  { title: 'Done', width: 130, align: 'right', cell: (row) => late(row) },
]

const disturbances: readonly Column<PastDisturbance>[] = [
  { title: 'Since', width: 118, cell: ({ since }) => <Stamp at={since} full /> },
  { title: 'Service', main: true, cell: ({ service }) => <span className="strong">{service.name}</span> },
  { title: 'Priority', width: 72, cell: ({ priority }) => <Priority level={priority} /> },
  { title: 'Number', width: 92, mono: true, from: 520, cell: ({ number }) => number },
  { title: 'For', width: 104, align: 'right', cell: (row) => minutesWords(row.minutes) },
]

type ShownProps = {
  of: MonthReport
  month: string
  asks: boolean
  /** What leads on from a month of which nothing is known. */
  first: ReactNode
}

function Shown({ of, month, asks, first }: ShownProps) {
  const whose = of.units.map(({ name }) => name).join(', ')
  if (asks && of.units.length === 0)
    return (
      <Empty title="You are in no business unit.">
        What hurt your business units stands here. An administrator says which they are.
      </Empty>
    )
  if (isUnknown(of))
    return (
      <Panel label="The month">
        <Empty title={`Nothing was watched in ${monthWords(month)}, so nothing is known of it.`} act={first}>
          {of.watchedSince ? (
            <>
              Monitors, jobs, deadlines and sources are there since <Stamp at={of.watchedSince} full />.
            </>
          ) : (
            'There is no monitor, job, deadline or source yet. What they tell of a month, and incidents of P1 and P2, stand here.'
          )}
        </Empty>
      </Panel>
    )
  const from = watchedFrom(of)
  const since = from && (
    <>
      {' '}
      Watched since <Stamp at={from} full />.
    </>
  )
  if (of.disturbances.length + of.deadlines.length + of.missed.length === 0)
    return (
      <Panel label="The month">
        <Empty title={`${monthWords(month)}${whose && `, ${whose}`}: ${monthSentence(of)}`}>{since}</Empty>
      </Panel>
    )
  return (
    <>
      <p>
        {monthWords(month)}
        {whose && `, ${whose}`}: <b>{monthSentence(of)}</b>
        {of.more && ' There was more than is counted here.'}
        {since}
      </p>
      {of.services.length > 0 && (
        <Panel title="Services" words="disturbed longest first">
          <DataTable
            label="Services that were disturbed"
            flow
            keys={false}
            rows={of.services}
            rowId={({ id }) => id}
            {...(!asks && { to: ({ id }: DisturbedService) => paths.service(id) })}
            columns={services}
            phone={(row) => (
              <TwoLine title={row.name} urgent={minutesWords(row.minutes)} words={times(row.times, 'time')} />
            )}
            empty={null}
          />
        </Panel>
      )}
      {of.deadlines.length > 0 && (
        <Panel title="Deadlines" words="missed most often first">
          <DataTable
            label="Deadlines of the month"
            flow
            keys={false}
            rows={of.deadlines}
            rowId={({ id }) => id}
            {...(!asks && { to: ({ id }: { id: string }) => paths.chain(id) })}
            columns={deadlines}
            phone={(row) => <TwoLine title={row.name} urgent={`${row.missed} of ${row.nights} missed`} />}
            empty={null}
          />
        </Panel>
      )}
      {of.missed.length > 0 && (
        <Panel title="Missed nights" words={String(of.missed.length)}>
          <DataTable
            label="Missed nights"
            flow
            keys={false}
            rows={of.missed}
            rowId={({ deadline, date }) => `${deadline.id} ${date}`}
            columns={missed}
            phone={(row) => (
              <TwoLine title={row.deadline.name} urgent={late(row)} words={<Stamp at={row.dueAt} full />} />
            )}
            empty={null}
          />
        </Panel>
      )}
      {of.disturbances.length > 0 && (
        <Panel title="Disturbances" words={String(of.disturbances.length)}>
          <DataTable
            label="Disturbances, the newest first"
            flow
            keys={false}
            rows={of.disturbances}
            rowId={({ number }) => number}
            {...(!asks && { to: ({ number }: PastDisturbance) => paths.ticket(number) })}
            columns={disturbances}
            phone={(row) => (
              <TwoLine
                mark={<Priority level={row.priority} />}
                title={row.service.name}
                urgent={minutesWords(row.minutes)}
                words={<Stamp at={row.since} full />}
              />
            )}
            empty={null}
          />
        </Panel>
      )}
    </>
  )
}
