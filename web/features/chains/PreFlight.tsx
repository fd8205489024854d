import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { tellEnd, tellLeft, tellMoved } from '../../../contract/chains/minutes.ts'
import type { NightState } from '../../../contract/chains/words.ts'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { useIsPhone } from '../../ui/list.ts'
import { useNow } from '../../ui/now.ts'
import { Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { useZone } from '../../ui/Time.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { type Instant, millis, span, stamp, zoneName } from '../../ui/time.ts'
import { useUrlState } from '../../ui/url.ts'
import styles from './chains.module.css'
import { DateNav } from './DateNav.tsx'
import { type PreFlight as Plan, useDeadlineCounts, usePreFlight } from './data.ts'
import { byWeight, FindingLine } from './Findings.tsx'
import {
  dateWords,
  dayClassWords,
  doneSlackWords,
  doneWords,
  oddsTone,
  oddsWords,
  slackWords,
  stateWords,
} from './words.ts'

type Row = Plan['deadlines'][number]

const none = <span className="faint">–</span>

/** The plan of a night before it begins: expected ends, odds, surprises, and the same night a week before. */
export function PreFlight() {
  const [date, setDate] = useUrlState<string>('date', '')
  const [team, setTeam] = useUrlState<string>('team', '')
  const found = usePreFlight(date || undefined, team || undefined)
  const teams = useQuery(query.identity.teams.list.queryOptions({ input: { limit: 200 } })).data?.items ?? []
  const phone = useIsPhone()
  const plan = found.data
  return (
    <Page
      title="Pre-flight"
      chips={plan && <DateNav date={plan.date} isNow={date === ''} onDate={setDate} />}
      acts={
        <>
          {!phone && (
            <Select
              aria-label="Of which team"
              placeholder="all teams"
              {...findByTyping}
              clearable
              data={teams.map(({ id, name }) => ({ value: id, label: name }))}
              value={team || null}
              onChange={(next) => setTeam(next ?? '')}
            />
          )}
          <Act label="Deadlines" k="b" to={paths.chains()} />
        </>
      }
    >
      {!plan && (
        <Panel label="Pre-flight">
          {found.isError ? (
            <Failed what="The plan could not be made." error={found.error} retry={() => void found.refetch()} />
          ) : (
            <Loading />
          )}
        </Panel>
      )}
      {plan && <Shown plan={plan} />}
    </Page>
  )
}

function Shown({ plan }: { plan: Plan }) {
  const zone = useZone()
  const now = useNow()
  const phone = useIsPhone()
  const isNew = useDeadlineCounts().data?.all === 0
  const mayWrite = useMay('chain.write') !== undefined
  const about = Date.parse(`${plan.date}T12:00Z`)
  const time = (at: Instant) => stamp(at, about, zone)
  const findings = plan.deadlines.flatMap(({ deadline, findings: some }) =>
    some.map((finding) => ({ ...finding, deadline: deadline.name })),
  )
  // What touches several deadlines is told once.
  const told = [...Map.groupBy(findings.toSorted(byWeight), ({ kind, message }) => `${kind} ${message}`).values()]
  return (
    <Rows>
      <Panel
        title={`Business date ${dateWords(plan.date)}`}
        words={`beside ${dateWords(plan.comparedWith)}, a week before · times of ${zoneName(zone)}`}
      >
        <DataTable
          label="The plan"
          flow
          rows={plan.deadlines}
          rowId={({ deadline }) => deadline.id}
          to={({ deadline }) => `${paths.chain(deadline.id)}?date=${plan.date}`}
          columns={columnsOf(time, now)}
          empty={
            isNew ? (
              <Empty
                title="No deadline yet."
                act={mayWrite && <Act label="New deadline" k="c" kind="primary" to={paths.newDeadline()} />}
              >
                A pre-flight shows before a night how each of its deadlines will stand. Add one.
              </Empty>
            ) : (
              <Empty title="Nothing is due on this date.">
                No deadline holds on it: it may be a weekend or a holiday.
                {!phone && ' [ and ] go a day earlier and later.'}
              </Empty>
            )
          }
          phone={(row) => (
            <TwoLine
              title={row.deadline.name}
              urgent={
                isDone(row, now) ? (
                  'done'
                ) : (
                  <span className={styles.odds} data-tone={oddsTone(row.forecast.odds ?? 0)}>
                    {oddsWords(row.forecast.odds)} to miss
                  </span>
                )
              }
              words={endWords(row, time, now)}
              end={`due ${time(row.dueAt)}`}
            />
          )}
        />
      </Panel>
      {plan.more && <p className="faint">There are more deadlines on this date; choose a team to see its own.</p>}
      {plan.deadlines.length > 0 && (
        <Panel title="Surprises" words={told.length === 0 ? undefined : String(told.length)}>
          {told.length === 0 ? (
            <Empty title="Nothing is out of the ordinary.">
              No holiday or short day, no change of the clocks, no maintenance in the way, nothing wrong with the hosts,
              and no end that is unlike last week’s.
            </Empty>
          ) : (
            <ul className={styles.findings}>
              {told.map(([first, ...rest]) => {
                if (!first) return null
                const names = [...new Set([first, ...rest].map(({ deadline }) => deadline))]
                return (
                  <FindingLine
                    key={`${first.kind} ${first.message}`}
                    of={{ ...first, message: `${names.join(', ')}: ${first.message}` }}
                  />
                )
              })}
            </ul>
          )}
        </Panel>
      )}
    </Rows>
  )
}

/** For a phone: 'ends Tue 04:35, slack −4 min'. */
const endWords = (row: Row, time: (at: Instant) => string, now: number): string => {
  const { endsAt, slackMs } = row.forecast
  if (!endsAt) return 'no end expected'
  if (isDone(row, now)) return `at ${time(endsAt)}, slack ${doneSlackWords(endsAt, row.dueAt)}`
  return `ends ${time(tellEnd(millis(endsAt)))}, slack ${slackWords(slackMs)}`
}

/** 'done, 14 min before its time'. */
const weekWords = ({ weekBefore }: Row): string => {
  if (!weekBefore) return ''
  const { endedAt, dueAt, state } = weekBefore
  const said = stateWords[state as NightState] ?? state
  if (!endedAt) return said
  return `${said}, ${doneWords(endedAt, dueAt)}`
}

/** How much later it is expected to end than a week before, against its deadline. */
const differs = (row: Row, now: number): number | null => {
  const { weekBefore, forecast, dueAt } = row
  if (!weekBefore?.endedAt || forecast.endsAt === null) return null
  return tellMoved(tellLeft(millis(forecast.endsAt), millis(dueAt), isDone(row, now)), {
    doneAt: millis(weekBefore.endedAt),
    dueAt: millis(weekBefore.dueAt),
  })
}

const Differs = ({ row, now }: { row: Row; now: number }) => {
  const ms = differs(row, now)
  if (ms === null) return none
  if (Math.abs(ms) < 5 * 60_000) return <span className="faint">as then</span>
  return (
    <span className={`num ${styles.odds}`} data-tone={ms > 20 * 60_000 ? 'some' : undefined}>
      {span(ms)} {ms > 0 ? 'later' : 'earlier'}
    </span>
  )
}

/** Of a night that has begun: it has ended already, so there is nothing left to expect. */
const isDone = ({ forecast: { endsAt, p95 } }: Row, now: number) =>
  endsAt !== null && p95 === endsAt && millis(endsAt) <= now

const columnsOf = (time: (at: Instant) => string, now: number): readonly Column<Row>[] => [
  { title: 'Deadline', main: true, cell: (row) => <span className="strong">{row.deadline.name}</span> },
  { title: 'Day', width: 104, faint: true, from: 900, cell: (row) => dayClassWords(row.dayClass) },
  { title: 'Jobs', width: 56, align: 'right', from: 640, cell: (row) => row.jobs },
  {
    title: 'First starts',
    width: 92,
    align: 'right',
    from: 760,
    cell: (row) => (row.firstStartsAt ? time(row.firstStartsAt) : none),
  },
  {
    title: 'Expected end',
    width: 116,
    align: 'right',
    cell: (row) => {
      if (!row.forecast.endsAt) return <span className={styles.none}>no end</span>
      return (
        <>
          {isDone(row, now) ? (
            <>
              <span className="faint">done </span>
              {time(row.forecast.endsAt)}
            </>
          ) : (
            time(tellEnd(millis(row.forecast.endsAt)))
          )}
        </>
      )
    },
  },
  {
    title: 'P95',
    width: 84,
    align: 'right',
    faint: true,
    from: 560,
    cell: (row) => (row.forecast.p95 && !isDone(row, now) ? time(tellEnd(millis(row.forecast.p95))) : none),
  },
  { title: 'Due', width: 84, align: 'right', cell: (row) => <b className="num">{time(row.dueAt)}</b> },
  {
    title: 'Slack',
    width: 80,
    align: 'right',
    from: 640,
    cell: (row) =>
      isDone(row, now) && row.forecast.endsAt
        ? doneSlackWords(row.forecast.endsAt, row.dueAt)
        : slackWords(row.forecast.slackMs),
  },
  {
    title: 'Odds to miss',
    width: 92,
    align: 'right',
    cell: (row) =>
      isDone(row, now) ? (
        none
      ) : (
        <span className={`num ${styles.odds}`} data-tone={oddsTone(row.forecast.odds ?? 0)}>
          {oddsWords(row.forecast.odds)}
        </span>
      ),
  },
  {
    title: 'A week before',
    width: 226,
    faint: true,
    from: 900,
    cell: (row) => (row.weekBefore ? weekWords(row) : none),
  },
  { title: 'Differs', width: 118, align: 'right', from: 760, cell: (row) => <Differs row={row} now={now} /> },
]
