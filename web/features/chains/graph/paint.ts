import type { Folded } from './fold.ts'
import { nodeSize } from './layout.ts'
import type { Places, View } from './view.ts'

/** So near that names can be read, and state by more than colour. */
const readableAt = 0.45
/** Further away than that lines are fainter: thousands would hide the jobs. */
const linesAt = 0.2

const names = [
  'surface',
  'sunken',
  'line-strong',
  'faint',
  'text',
  'muted',
  'accent',
  'p1',
  'p1-soft',
  'p2',
  'p2-soft',
  'font',
  'font-mono',
] as const
export type Look = Record<(typeof names)[number], string>

/** The colours of the theme, as an element has them. */
export const lookOf = (element: Element): Look => {
  const style = getComputedStyle(element)
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Look
}

type Frame = { width: number; height: number }
type Job = Folded['jobs'][number]

const loud: Partial<Record<Job['state'], { line: 'p1' | 'p2'; ground: 'p1-soft' | 'p2-soft' }>> = {
  failed: { line: 'p1', ground: 'p1-soft' },
  missing: { line: 'p1', ground: 'p1-soft' },
  late: { line: 'p2', ground: 'p2-soft' },
  running_long: { line: 'p2', ground: 'p2-soft' },
}

/** Draws what is in sight. One path for all lines: each of its own would take ten times as long. */
export const paint = (
  on: CanvasRenderingContext2D,
  { jobs, edges }: Folded,
  places: Places,
  middle: string,
  view: View,
  { width, height }: Frame,
  look: Look,
): void => {
  const { zoom } = view
  const x = (at: number) => view.x + zoom * at
  const y = (at: number) => view.y + zoom * at
  const [w, h] = [nodeSize.width * zoom, nodeSize.height * zoom]
  on.clearRect(0, 0, width, height)
  on.lineWidth = 1
  on.strokeStyle = look.faint
  on.globalAlpha = zoom < linesAt ? 0.25 : 0.6
  on.beginPath()
  for (const { from, to } of edges) {
    const [a, b] = [places.get(from), places.get(to)]
    if (!a || !b) continue
    const [x1, y1, x2, y2] = [x(a.x) + w, y(a.y) + h / 2, x(b.x), y(b.y) + h / 2]
    if (Math.max(x1, x2) < 0 || Math.min(x1, x2) > width || Math.max(y1, y2) < 0 || Math.min(y1, y2) > height) continue
    on.moveTo(x1, y1)
    on.lineTo(x2, y2)
  }
  on.stroke()
  on.globalAlpha = 1
  for (const job of jobs) {
    const place = places.get(job.id)
    if (!place) continue
    const [left, top] = [x(place.x), y(place.y)]
    if (left > width || left + w < 0 || top > height || top + h < 0) continue
    const tone = loud[job.state]
    on.fillStyle = look[tone ? (zoom < readableAt ? tone.line : tone.ground) : job.isBox ? 'sunken' : 'surface']
    on.fillRect(left, top, w, h)
    on.strokeStyle = look[job.id === middle ? 'accent' : (tone?.line ?? 'line-strong')]
    on.lineWidth = job.id === middle ? Math.max(3 * zoom, 2) : 1
    on.strokeRect(left, top, w, h)
    if (zoom >= readableAt) label(on, job, left, top, zoom, look)
  }
}

const label = (on: CanvasRenderingContext2D, job: Job, left: number, top: number, zoom: number, look: Look) => {
  const room = (nodeSize.width - 16) * zoom
  const fold = job.isBox && job.members > 0 ? (job.closed ? '▸ ' : '▾ ') : ''
  on.fillStyle = look.text
  on.font = `600 ${12 * zoom}px ${look['font-mono']}`
  on.fillText(cut(on, `${fold}${job.name}`, room), left + 8 * zoom, top + 18 * zoom)
  on.fillStyle = look.muted
  on.font = `${11 * zoom}px ${look.font}`
  on.fillText(cut(on, secondLine(job), room), left + 8 * zoom, top + 35 * zoom)
}

const secondLine = (job: Job): string =>
  [
    job.state.replaceAll('_', ' '),
    job.closed && job.members > 0 && `${job.members} inside`,
    job.deadlines.length > 0 && `due: ${job.deadlines.map(({ name }) => name).join(', ')}`,
  ]
    .filter(Boolean)
    .join(' · ')

const cut = (on: CanvasRenderingContext2D, text: string, room: number): string => {
  if (on.measureText(text).width <= room) return text
  const each = on.measureText(text).width / text.length
  return `${text.slice(0, Math.max(1, Math.floor(room / each) - 1))}…`
}
