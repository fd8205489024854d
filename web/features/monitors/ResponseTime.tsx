import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { query } from '../../api.ts'
import { Choices, Toggle } from '../../ui/Chip.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { TimeChart } from '../../ui/TimeChart.tsx'
import { useUrlState } from '../../ui/url.ts'
import { chartOf, pointWords } from './chart-of.ts'
import type { MonitorDetail } from './data.ts'
import { LastLook } from './LastLook.tsx'

const ranges = [
  { value: '1h', label: '1 h', words: 'last hour', every: 10_000 },
  { value: '24h', label: '24 h', words: '24 h', every: 30_000 },
  { value: '7d', label: '7 d', words: '7 days', every: 300_000 },
  { value: '90d', label: '90 d', words: '90 days', every: 3_600_000 },
] as const
type Range = (typeof ranges)[number]['value']

/** How long it took to answer, with the changes of its state; below it where the time of the last look went. */
export function ResponseTime({ monitor }: { monitor: MonitorDetail }) {
  const [given, setRange] = useUrlState<Range>('range', '24h')
  const [asTable, setAsTable] = useState(false)
  const range = ranges.find(({ value }) => value === given) ?? ranges[1]
  const answer = useQuery({
    ...query.monitors.chart.queryOptions({ input: { id: monitor.id, range: range.value } }),
    placeholderData: keepPreviousData,
    refetchInterval: range.every,
  })
  const { intervalSeconds } = monitor
  const chart = useMemo(() => answer.data && chartOf(answer.data, intervalSeconds), [answer.data, intervalSeconds])
  useKeys([
    ...ranges.map(({ value, label }, index) => ({
      key: String(index + 1),
      label: `Show ${label}`,
      kind: 'move' as const,
      run: () => setRange(value),
    })),
    {
      key: 't',
      label: asTable ? 'Show the chart' : 'Show the figures as a table',
      kind: 'move',
      run: () => setAsTable(!asTable),
    },
  ])
  return (
    <Panel
      title="Response time"
      words={answer.data ? `${range.words}, ${pointWords(answer.data, intervalSeconds)}` : range.words}
      right={
        <>
          <Choices label="Stretch of time" value={range.value} of={ranges} onChange={setRange} />
          <Toggle on={asTable} onChange={setAsTable}>
            Table
          </Toggle>
        </>
      }
    >
      {!chart && answer.isError && (
        <Failed what="The figures could not be loaded." error={answer.error} retry={() => void answer.refetch()} />
      )}
      {!chart && !answer.isError && <Loading lines={5} />}
      {chart && chart.times.length === 0 && (
        <Empty title="No look in this stretch of time.">
          {monitor.lastAt === null ? 'The first looks come within a moment.' : 'Choose a longer one.'}
        </Empty>
      )}
      {chart && chart.times.length > 0 && (
        <TimeChart label={`Response time of ${monitor.name}`} {...chart} asTable={asTable} />
      )}
      <LastLook monitor={monitor} />
    </Panel>
  )
}
