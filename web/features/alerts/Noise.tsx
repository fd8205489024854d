import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { query } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Choices } from '../../ui/Chip.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { useZone } from '../../ui/Time.tsx'
import styles from './Noise.module.css'
import { levelOf } from './noise-level.ts'

const hours = Array.from({ length: 24 }, (_, hour) => hour)
const two = (hour: number) => String(hour).padStart(2, '0')
const spans = { '1': 'Day', '7': 'Week', '28': 'Four weeks' } as const
type Span = keyof typeof spans

/** When alerts begin, by source and hour of the day: the picture is the table, its cells are darker the more there are. */
export function Noise() {
  const zone = useZone()
  const [days, setDays] = useState<Span>('7')
  const found = useQuery({
    ...query.alerts.noise.queryOptions({ input: { days: Number(days), zone } }),
    placeholderData: keepPreviousData,
    // Not by each event: it counts, and a storm is when it is looked at.
    refetchInterval: 5_000,
  })
  const rows = found.data?.sources
  const most = Math.max(0, ...(rows ?? []).flatMap((row) => row.hours))
  return (
    <Panel
      title="Noise"
      words={`when alerts begin, by hour of the day in ${zone}`}
      right={
        <Choices
          label="Of the last"
          value={days}
          onChange={(next) => setDays(next as Span)}
          of={Object.entries(spans).map(([value, label]) => ({ value, label }))}
        />
      }
    >
      {!rows ? (
        found.isError ? (
          <Failed what="The noise could not be loaded." error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Loading lines={4} />
        )
      ) : rows.length === 0 ? (
        <Empty title="Not one alert began in this time.">A wider time may have some.</Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        <section className={styles.scroll} tabIndex={0} aria-label="Alerts by source and hour">
          <table className={styles.noise}>
            <thead>
              <tr>
                <th scope="col">Source</th>
                {hours.map((hour) => (
                  <th key={hour} scope="col">
                    {two(hour)}
                  </th>
                ))}
                <th scope="col">All</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ source, total, hours: counts }) => (
                <tr key={source.id}>
                  <th scope="row">
                    <Link to={paths.source(source.id)}>{source.name}</Link>
                  </th>
                  {hours.map((hour) => {
                    const count = counts[hour] ?? 0
                    return (
                      <td
                        key={hour}
                        data-level={levelOf(count, most)}
                        title={`${source.name}: ${count} between ${two(hour)}:00 and ${two((hour + 1) % 24)}:00`}
                      >
                        {count > 0 ? count.toLocaleString('en-GB') : ''}
                      </td>
                    )
                  })}
                  <td className="num strong">{total.toLocaleString('en-GB')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  )
}
