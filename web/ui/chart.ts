import type uPlot from 'uplot'
import { clock, day, type Instant, millis, stamp } from './time.ts'

export type Chart = {
  unit: string
  /** The stretch shown, in milliseconds. */
  from: number
  to: number
  /** When each value was, in milliseconds, ascending. */
  times: readonly number[]
  /** One value for each time; null where there was none, and the line is interrupted. */
  series: readonly { label: string; values: readonly (number | null)[] }[]
  /** What is usual, drawn as a band behind the lines. */
  band?: { low: readonly (number | null)[]; high: readonly (number | null)[] }
  flips?: readonly { at: Instant; tone: 'ok' | 'warn' | 'down' | 'blind'; words: string }[]
  spans?: readonly { from: Instant; to: Instant; tone: 'warn' | 'down' | 'blind'; words: string }[]
  height?: number
}

type Setting = { Plot: typeof uPlot; zone: string; width: number; read: (text: string) => void }

const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()
const toneToken = { ok: 'ok', warn: 'p2', down: 'p1', blind: 'blind' } as const

const mixed = (plot: uPlot, color: string, alpha: number, draw: () => void) => {
  plot.ctx.save()
  plot.ctx.globalAlpha = alpha
  plot.ctx.fillStyle = color
  plot.ctx.strokeStyle = color
  draw()
  plot.ctx.restore()
}

/** Violet diagonals: what is hatched is not known. */
const hatch = (plot: uPlot, left: number, width: number) => {
  const { ctx, bbox } = plot
  ctx.beginPath()
  ctx.rect(left, bbox.top, width, bbox.height)
  ctx.clip()
  const step = 6 * devicePixelRatio
  ctx.lineWidth = 1.5 * devicePixelRatio
  ctx.beginPath()
  for (let x = left - bbox.height; x < left + width; x += step) {
    ctx.moveTo(x, bbox.top + bbox.height)
    ctx.lineTo(x + bbox.height, bbox.top)
  }
  ctx.stroke()
}

const drawSpans = (plot: uPlot, chart: Chart) => {
  for (const one of chart.spans ?? []) {
    const left = Math.max(plot.valToPos(millis(one.from) / 1000, 'x', true), plot.bbox.left)
    const right = Math.min(plot.valToPos(millis(one.to) / 1000, 'x', true), plot.bbox.left + plot.bbox.width)
    if (right <= left) continue
    mixed(plot, token(toneToken[one.tone]), one.tone === 'blind' ? 0.35 : 0.14, () =>
      one.tone === 'blind'
        ? hatch(plot, left, right - left)
        : plot.ctx.fillRect(left, plot.bbox.top, right - left, plot.bbox.height),
    )
  }
}

const drawFlips = (plot: uPlot, chart: Chart) => {
  // Trouble is drawn last: when it was short, the line of its end lies on that of its start.
  const order = ['ok', 'blind', 'warn', 'down']
  const flips = (chart.flips ?? []).toSorted((a, b) => order.indexOf(a.tone) - order.indexOf(b.tone))
  for (const flip of flips) {
    const x = Math.round(plot.valToPos(millis(flip.at) / 1000, 'x', true))
    if (x < plot.bbox.left || x > plot.bbox.left + plot.bbox.width) continue
    // Many of them must not hide the line of the figures.
    mixed(plot, token(toneToken[flip.tone]), flips.length > 12 ? 0.5 : 1, () =>
      plot.ctx.fillRect(x, plot.bbox.top, Math.round(1.5 * devicePixelRatio), plot.bbox.height),
    )
  }
}

/** The library's options and data for a chart: tokens for colours, the reader's zone for times, no legend of its own. */
export const chartOptions = (
  chart: Chart,
  { Plot, zone, width, read }: Setting,
): { options: uPlot.Options; data: uPlot.AlignedData } => {
  const [line, faint, accent, muted] = [token('line'), token('faint'), token('accent'), token('muted')]
  const strokes = [accent, muted, faint]
  const long = chart.to - chart.from > 3 * 86_400_000
  const axis = { stroke: faint, font: '11px Inter, sans-serif', ticks: { show: false }, border: { show: false } }
  const band = chart.band ? [chart.band.high, chart.band.low] : []
  const soft = token('accent-soft')
  const options: uPlot.Options = {
    width,
    height: chart.height ?? 190,
    tzDate: (seconds) => Plot.tzDate(new Date(seconds * 1000), zone),
    legend: { show: false },
    padding: [8, long ? 30 : 16, 0, 0],
    cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
    scales: {
      x: { range: () => [chart.from / 1000, chart.to / 1000] },
      y: { range: (_plot, _low, high) => [0, Math.max(high * 1.1, 1)] },
    },
    axes: [
      {
        ...axis,
        size: 24,
        space: 90,
        grid: { show: false },
        values: (_plot, splits) => splits.map((at) => (long ? day(at * 1000, zone) : clock(at * 1000, zone))),
      },
      { ...axis, size: 44, space: 32, grid: { stroke: line, width: 1 } },
    ],
    series: [
      {},
      ...band.map(() => ({ stroke: 'transparent', width: 0, points: { show: false } })),
      ...chart.series.map((series, index) => ({
        label: series.label,
        stroke: strokes[index % strokes.length] ?? accent,
        width: 1.4,
        points: { show: false },
        spanGaps: false,
      })),
    ],
    ...(chart.band && { bands: [{ series: [1, 2] as [number, number], fill: soft }] }),
    hooks: {
      drawAxes: [(plot) => drawSpans(plot, chart)],
      draw: [(plot) => drawFlips(plot, chart)],
      setCursor: [
        ({ cursor: { idx } }) => {
          const at = idx == null ? undefined : chart.times[idx]
          if (idx == null || at === undefined) return read('')
          const values = chart.series.map(
            (series) =>
              `${chart.series.length > 1 ? `${series.label} ` : ''}${series.values[idx] ?? '–'} ${chart.unit}`,
          )
          read(`${stamp(at, chart.to, zone)} · ${values.join(' · ')}`)
        },
      ],
    },
  }
  const seconds = chart.times.map((at) => at / 1000)
  return {
    options,
    data: [seconds, ...band, ...chart.series.map((series) => series.values)] as unknown as uPlot.AlignedData,
  }
}
