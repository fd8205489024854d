import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import { Kbd } from '../../../ui/Kbd.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { useIsPhone } from '../../../ui/list.ts'
import { Panel } from '../../../ui/Panel.tsx'
import { Empty } from '../../../ui/States.tsx'
import { TwoLine } from '../../../ui/TwoLine.tsx'
import { useUrlState } from '../../../ui/url.ts'
import chainStyles from '../chains.module.css'
import type { BacktestFound } from '../data.ts'
import styles from './backtest.module.css'
import { percent } from './words.ts'

type Bin = BacktestFound['calibration'][number]

/** Whether odds were right: of the times that we said 20 %, how often was it missed? */
export function Calibration({ found: { calibration } }: { found: BacktestFound }) {
  const [as, setAs] = useUrlState<string>('as', '')
  const phone = useIsPhone()
  const table = as === 'table'
  const toggle = () => setAs(table ? '' : 'table')
  useKeys([{ key: 't', label: table ? 'As a picture' : 'As a table', run: toggle, kind: 'do' }])
  return (
    <Panel
      title="Were the odds right?"
      words="what was said, and how often it was missed then"
      right={
        <button type="button" className={chainStyles.plain} aria-keyshortcuts="t" onClick={toggle}>
          {table ? 'As a picture' : 'As a table'} {!phone && <Kbd k="t" />}
        </button>
      }
    >
      {calibration.length === 0 ? (
        <Empty title="No odds were given.">Of the jobs on the way nobody knew how long they take.</Empty>
      ) : table ? (
        <AsTable bins={calibration} />
      ) : (
        <Picture bins={calibration} />
      )}
    </Panel>
  )
}

const columns: readonly Column<Bin>[] = [
  { title: 'Odds', main: true, cell: (bin) => `${percent(bin.from)} to ${percent(bin.to)}` },
  { title: 'Times', width: 80, align: 'right', cell: (bin) => bin.forecasts.toLocaleString('en') },
  { title: 'Said, on average', width: 130, align: 'right', cell: (bin) => percent(bin.said) },
  { title: 'Missed', width: 80, align: 'right', cell: (bin) => <b className="num">{percent(bin.missed)}</b> },
]

const AsTable = ({ bins }: { bins: readonly Bin[] }) => (
  <DataTable
    label="Odds said and missed"
    flow
    keys={false}
    rows={bins}
    rowId={(bin) => String(bin.from)}
    columns={columns}
    empty={null}
    phone={(bin) => (
      <TwoLine
        title={`Said ${percent(bin.from)} to ${percent(bin.to)}`}
        words={`${bin.forecasts.toLocaleString('en')} times, ${percent(bin.said)} on average`}
        end={`missed ${percent(bin.missed)}`}
      />
    )}
  />
)

const [width, height] = [460, 250]
const box = { left: 46, right: 14, top: 12, bottom: 38 }
const x = (share: number) => box.left + share * (width - box.left - box.right)
const y = (share: number) => height - box.bottom - share * (height - box.top - box.bottom)
const marks = [0, 0.25, 0.5, 0.75, 1]

/** The more often something was said, the larger its dot: small ones may lie beside the line by chance. */
const radius = ({ forecasts }: Bin, most: number) => 3 + 8 * Math.sqrt(forecasts / most)

const Picture = ({ bins }: { bins: readonly Bin[] }) => {
  const most = Math.max(...bins.map((bin) => bin.forecasts))
  const said = bins.map((bin) => `said ${percent(bin.said)}, missed ${percent(bin.missed)}`).join('; ')
  return (
    <div className={styles.picture}>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Odds said and missed: ${said}`}>
        {marks.map((mark) => (
          <g key={mark}>
            <line className={styles.grid} x1={x(0)} x2={x(1)} y1={y(mark)} y2={y(mark)} />
            <text x={box.left - 8} y={y(mark) + 4} textAnchor="end">
              {percent(mark)}
            </text>
            <text x={x(mark)} y={height - box.bottom + 16} textAnchor="middle">
              {percent(mark)}
            </text>
          </g>
        ))}
        <text x={x(0.5)} y={height - 4} textAnchor="middle">
          odds that were said
        </text>
        <line className={styles.right} x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
        <polyline className={styles.line} points={bins.map((bin) => `${x(bin.said)},${y(bin.missed)}`).join(' ')} />
        {bins.map((bin) => (
          <circle key={bin.from} className={styles.dot} cx={x(bin.said)} cy={y(bin.missed)} r={radius(bin, most)}>
            <title>
              {`${bin.forecasts.toLocaleString('en')} times said ${percent(bin.from)} to ${percent(bin.to)}, missed ${percent(bin.missed)}`}
            </title>
          </circle>
        ))}
      </svg>
      <p className="muted">
        Upwards: how often it was missed. On the dashed line odds are right; above it they were too low, below it too
        high. The larger a dot, the oftener such odds were said.
      </p>
    </div>
  )
}
