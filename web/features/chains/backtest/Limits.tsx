import { useState } from 'react'
import { api, query } from '../../../api.ts'
import { useAct, useRefresh } from '../../../parts/use-act.ts'
import { Act } from '../../../ui/Act.tsx'
import { type Column, DataTable } from '../../../ui/DataTable.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { TwoLine } from '../../../ui/TwoLine.tsx'
import { toast } from '../../../ui/toast.ts'
import { type BacktestFound, chainKeys, type DeadlineDetail, useDeadline } from '../data.ts'
import { useWhyNot } from '../use-deadline-acts.ts'
import styles from './backtest.module.css'
import { minutesWords, percent } from './words.ts'

type Limit = BacktestFound['limits'][number]

const keys = [...chainKeys, query.chains.backtest.key()]

/** What alarm over other odds would have given; those who may set the limit of the one deadline do so here. */
export function Limits({ found }: { found: BacktestFound }) {
  const [only, ...more] = found.deadlines
  const deadline = useDeadline(more.length === 0 ? only?.deadline.id : undefined).data
  const [cursor, setCursor] = useState<string>()
  const chosen = found.limits.find((one) => String(one.limit) === cursor)
  const now = more.length === 0 ? only?.limit : undefined
  return (
    <Panel
      title="What another limit would give"
      words={now === undefined ? 'each deadline has its own' : `it is predicted late over ${percent(now)}`}
      right={deadline && <Use deadline={deadline} now={now} chosen={chosen} />}
    >
      <DataTable
        label="Limits"
        flow
        rows={found.limits}
        rowId={(one) => String(one.limit)}
        columns={columnsOf(found, now)}
        cursor={cursor}
        onCursor={setCursor}
        empty={null}
        phone={(one) => (
          <TwoLine
            title={`Over ${percent(one.limit)}${one.limit === now ? ', as it is' : ''}`}
            words={`${one.falseAlarms} false ${one.falseAlarms === 1 ? 'alarm' : 'alarms'}${found.misses > 0 ? `, ${one.warned} of ${found.misses} misses warned of` : ''}`}
            end={found.misses > 0 ? minutesWords(one.warning.mean) : ''}
          />
        )}
      />
    </Panel>
  )
}

const columnsOf = ({ misses }: BacktestFound, now: number | undefined): readonly Column<Limit>[] => [
  {
    title: 'Alarm over odds of',
    main: true,
    cell: (one) => (
      <>
        <span className="num">{percent(one.limit)}</span>
        {one.limit === now && <span className={styles.now}> as it is</span>}
      </>
    ),
  },
  { title: 'False alarms', width: 110, align: 'right', cell: (one) => one.falseAlarms },
  {
    title: 'Misses warned of',
    width: 130,
    align: 'right',
    cell: (one) => (misses === 0 ? '–' : `${one.warned} of ${misses}`),
  },
  {
    title: 'Warning, on average',
    width: 150,
    align: 'right',
    cell: (one) => (misses === 0 ? '–' : minutesWords(one.warning.mean)),
  },
  {
    title: 'Median',
    width: 110,
    align: 'right',
    faint: true,
    from: 640,
    cell: (one) => (misses === 0 ? '–' : minutesWords(one.warning.median)),
  },
]

type UseProps = { deadline: DeadlineDetail; now: number | undefined; chosen: Limit | undefined }

function Use({ deadline, now, chosen }: UseProps) {
  const { id, name, oddsLimit, team } = deadline
  const whyNot = useWhyNot()(team)
  const refresh = useRefresh(keys)
  const act = useAct((limit: number) => api.chains.change({ id, oddsLimit: limit }), {
    refresh: keys,
    done: (saved) =>
      toast(`${name} is predicted late over ${percent(saved.oddsLimit ?? 0)}.`, {
        undo: async () => {
          await api.chains.change({ id, oddsLimit })
          await refresh()
        },
      }),
  })
  return (
    <Act
      label={chosen ? `Use ${percent(chosen.limit)}` : 'Use a limit'}
      k="u"
      busy={act.busy}
      run={() => chosen && act.run(chosen.limit)}
      not={
        whyNot ??
        (!chosen ? 'Choose a limit first: j and k move.' : chosen.limit === now && 'That is its limit already.')
      }
    />
  )
}
