import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { useIsPhone } from '../../ui/list.ts'
import { Page, Rows } from '../../ui/Page.tsx'
import { Cell, Cells, Panel } from '../../ui/Panel.tsx'
import { Empty, Failed } from '../../ui/States.tsx'
import { useUrlState } from '../../ui/url.ts'
import styles from './backtest/backtest.module.css'
import { Calibration } from './backtest/Calibration.tsx'
import { Deadlines, Methods, Troubled } from './backtest/Figures.tsx'
import { Limits } from './backtest/Limits.tsx'
import { Playing } from './backtest/Playing.tsx'
import { Span } from './backtest/Span.tsx'
import { inShort, minutesWords } from './backtest/words.ts'
import { type BacktestFound, useBacktest, useDeadlines } from './data.ts'

/** What predictions and alarms were worth: the nights on record played again, beside two baselines. */
export function Backtest() {
  const [deadline, setDeadline] = useUrlState<string>('deadline', '')
  const [team, setTeam] = useUrlState<string>('team', '')
  const [from, setFrom] = useUrlState<string>('from', '')
  const [until, setUntil] = useUrlState<string>('until', '')
  const ask = {
    ...(deadline && { deadlineId: deadline }),
    ...(team && !deadline && { teamId: team }),
    ...(from && { from }),
    ...(until && { until }),
  }
  const { found, begunAt } = useBacktest(ask)
  const teams = useQuery(query.identity.teams.list.queryOptions({ input: { limit: 200 } })).data?.items ?? []
  const listed = useDeadlines({}).data?.pages.flatMap((page) => page.items)
  const deadlines = listed ?? []
  const phone = useIsPhone()
  const named = found.data?.deadlines.find((one) => one.deadline.id === deadline)?.deadline
  return (
    <Page
      title={named ? `Back-test of ${named.name}` : 'Back-test'}
      chips={found.data && <Span of={found.data} onFrom={setFrom} onUntil={setUntil} />}
      acts={
        <>
          <Select
            aria-label="Of which deadline"
            placeholder="all deadlines"
            {...findByTyping}
            clearable
            data={deadlines.map(({ id, name }) => ({ value: id, label: name }))}
            value={deadline || null}
            onChange={(next) => setDeadline(next ?? '')}
          />
          {!phone && !deadline && (
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
          {!phone &&
            (deadline ? (
              <Act label="Chain" k="b" to={paths.chain(deadline)} />
            ) : (
              <Act label="Deadlines" k="b" to={paths.chains()} />
            ))}
        </>
      }
    >
      {found.data ? (
        <Shown found={found.data} />
      ) : (
        <Panel label="Back-test">
          {found.isError ? (
            <Failed
              what="The nights could not be played again."
              error={found.error}
              retry={() => void found.refetch()}
            />
          ) : (
            <Playing ask={ask} begunAt={begunAt} deadlines={team ? undefined : listed?.length} />
          )}
        </Panel>
      )}
    </Page>
  )
}

function Shown({ found }: { found: BacktestFound }) {
  const mayWrite = useMay('chain.write') !== undefined
  const [one] = found.deadlines
  const isOne = found.deadlines.length === 1
  if (!one)
    return (
      <Panel label="Back-test">
        <Empty
          title="There is no deadline to play again."
          act={mayWrite && <Act label="New deadline" k="c" kind="primary" to={paths.newDeadline()} />}
        >
          A back-test goes over the nights of a deadline. Add one, or choose another team.
        </Empty>
      </Panel>
    )
  if (found.nights === 0)
    return (
      <Rows>
        {isOne ? (
          <Panel label="Back-test">
            <Empty title="There is too little history.">{one.why}</Empty>
          </Panel>
        ) : (
          <Deadlines found={found} />
        )}
      </Rows>
    )
  return (
    <Rows>
      <InShort found={found} />
      <Limits key={one.deadline.id} found={found} />
      <Calibration found={found} />
      <Methods found={found} />
      <Troubled found={found} />
      {!isOne && <Deadlines found={found} />}
    </Rows>
  )
}

function InShort({ found }: { found: BacktestFound }) {
  const { ours, misses, nights, deadlines } = found
  const [lastTen] = found.baselines
  const unknown = deadlines.reduce((sum, one) => sum + one.leftOut.unknown, 0)
  const early = deadlines.reduce((sum, one) => sum + one.leftOut.early, 0)
  return (
    <Panel title="In short">
      <Cells>
        <Cell label="Missed">
          <b className="num">
            {misses} of {nights}
          </b>{' '}
          <span className="faint">{nights === 1 ? 'night' : 'nights'}</span>
        </Cell>
        <Cell label="Warned before">
          <b className="num">{misses === 0 ? '–' : `${ours.warned} of ${misses}`}</b>
        </Cell>
        <Cell label="Warning, on average">
          <b className="num">{misses === 0 ? '–' : minutesWords(ours.warning.mean)}</b>{' '}
          {misses > 0 && lastTen && (
            <span className="faint">average of ten runs: {minutesWords(lastTen.score.warning.mean)}</span>
          )}
        </Cell>
        <Cell label="False alarms">
          <b className="num">{ours.falseAlarms}</b>{' '}
          {lastTen && <span className="faint">average of ten runs: {lastTen.score.falseAlarms}</span>}
        </Cell>
      </Cells>
      <InWords lines={[...inShort(found), ...leftOutWords(unknown, early)]} />
    </Panel>
  )
}

const leftOutWords = (unknown: number, early: number): string[] => [
  ...(unknown > 0
    ? [`Of ${unknown} more ${unknown === 1 ? 'date' : 'dates'} nobody knows what came of it; they are left out.`]
    : []),
  ...(early > 0
    ? [`The first ${early} would have taken too long to play again; ask for fewer dates to see them.`]
    : []),
]

const InWords = ({ lines }: { lines: readonly string[] }) =>
  lines.length === 0 ? null : (
    <div className={styles.said}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
