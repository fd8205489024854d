import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type uPlot from 'uplot'
import { type Chart, chartOptions } from './chart.ts'
import { useZone } from './Time.tsx'
import styles from './TimeChart.module.css'
import { absolute, millis, span } from './time.ts'
import 'uplot/dist/uPlot.min.css'

export type TimeChartProps = Chart & {
  /** The accessible name: 'Response time of Order gateway login'. */
  label: string
  /** Shows the figures as a table in place of the picture. */
  asTable?: boolean
}

/** Figures over time: lines, the usual band, flips as vertical lines, spans of trouble shaded. A table stands behind it. */
export function TimeChart({ label, asTable = false, ...chart }: TimeChartProps) {
  return asTable ? <AsTable label={label} {...chart} /> : <Picture label={label} {...chart} />
}

function Picture({ label, ...chart }: Chart & { label: string }) {
  const box = useRef<HTMLDivElement>(null)
  const readout = useRef<HTMLOutputElement>(null)
  const zone = useZone()
  const scheme = useComputedColorScheme('light')
  // biome-ignore lint/correctness/useExhaustiveDependencies: a chart is drawn anew when what it shows has changed, or the colours
  useEffect(() => {
    const element = box.current
    if (!element) return
    let plot: uPlot | undefined
    let gone = false
    const observer = new ResizeObserver(
      ([entry]) => entry && plot?.setSize({ width: Math.floor(entry.contentRect.width), height: plot.height }),
    )
    // The library comes when the first chart is shown, and is no part of the page's first script.
    void import('uplot').then(({ default: Plot }) => {
      if (gone) return
      const { options, data } = chartOptions(chart, {
        Plot,
        zone,
        width: element.clientWidth,
        read: (text) => {
          if (readout.current) readout.current.textContent = text
        },
      })
      plot = new Plot(options, data, element)
      observer.observe(element)
    })
    return () => {
      gone = true
      observer.disconnect()
      plot?.destroy()
    }
  }, [
    chart.times,
    chart.series,
    chart.band,
    chart.flips,
    chart.spans,
    chart.from,
    chart.to,
    chart.height,
    zone,
    scheme,
  ])
  const flips = (chart.flips ?? []).map((flip) => `${flip.words} ${absolute(flip.at, zone)}`).join('; ')
  return (
    <div className={styles.chart}>
      <div
        ref={box}
        role="img"
        aria-label={`${label}, ${chart.unit}.${flips ? ` ${flips}.` : ''}`}
        style={{ minHeight: chart.height ?? 190 }}
      />
      <output ref={readout} className={styles.readout} aria-hidden="true" />
    </div>
  )
}

function AsTable({ label, ...chart }: Chart & { label: string }) {
  const zone = useZone()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div className={styles.table} style={{ maxHeight: chart.height ?? 190 }} tabIndex={0}>
      <table aria-label={label}>
        <thead>
          <tr>
            <th>Time</th>
            {chart.series.map((series) => (
              <th key={series.label}>
                {series.label}, {chart.unit}
              </th>
            ))}
            <th>What happened</th>
          </tr>
        </thead>
        <tbody>
          {(chart.spans ?? []).map((one) => (
            <tr key={`span ${one.from}`}>
              <td>{absolute(one.from, zone)}</td>
              {chart.series.map((series) => (
                <td key={series.label}>–</td>
              ))}
              <td>
                {one.words} for {span(millis(one.to) - millis(one.from), 'long')}
              </td>
            </tr>
          ))}
          {chart.times.map((at, index) => (
            <tr key={at}>
              <td>{absolute(at, zone)}</td>
              {chart.series.map((series) => (
                <td key={series.label}>{series.values[index] ?? '–'}</td>
              ))}
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
