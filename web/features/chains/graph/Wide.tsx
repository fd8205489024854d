import { useMantineColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useMemo, useRef } from 'react'
import { paths } from '../../../paths.ts'
import type { Folded } from './fold.ts'
import styles from './graph.module.css'
import { placesOf } from './layout.ts'
import { lookOf, paint } from './paint.ts'
import { about, jobAt, type View, wholeIn, zoomedAt } from './view.ts'

type Props = { graph: Folded; middle: string; onFold: (box: string) => void }

const step = 80
const near = 1.25

/**
 * The jobs around one on a canvas, for more of them than a page can hold as elements: thousands are moved and zoomed without
 * a pause. The table behind it (`t`) is for who does not see it.
 */
export function Wide({ graph, middle, onFold }: Props) {
  const navigate = useNavigate()
  const { colorScheme } = useMantineColorScheme()
  const places = useMemo(() => placesOf(graph), [graph])
  const { ref, width, height } = useElementSize()
  const canvas = useRef<HTMLCanvasElement>(null)
  const view = useRef<View>(undefined)
  const asked = useRef(0)

  const draw = useCallback(() => {
    asked.current ||= requestAnimationFrame(() => {
      asked.current = 0
      const element = canvas.current
      const on = element?.getContext('2d')
      if (!element || !on || !view.current) return
      const ratio = window.devicePixelRatio
      on.setTransform(ratio, 0, 0, ratio, 0, 0)
      paint(on, graph, places, middle, view.current, { width, height }, lookOf(element))
    })
  }, [graph, places, middle, width, height])
  const look = useCallback(
    (next: View) => {
      view.current = next
      draw()
    },
    [draw],
  )
  const frame = { width, height }
  const zoom = (by: number, at = { x: width / 2, y: height / 2 }) =>
    view.current && look(zoomedAt(view.current, by, at))
  const move = (dx: number, dy: number) =>
    view.current && look({ ...view.current, x: view.current.x + dx, y: view.current.y + dy })

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew in the colours of another scheme
  useEffect(() => {
    if (width === 0 || height === 0) return
    view.current ??= about(places.get(middle), { width, height })
    draw()
  }, [draw, places, middle, width, height, colorScheme])

  // Not by React: it listens passively, and the page would scroll with it.
  useEffect(() => {
    const element = canvas.current
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      const at = { x: event.offsetX, y: event.offsetY }
      if (view.current) look(zoomedAt(view.current, Math.exp(-event.deltaY / 400), at))
    }
    element?.addEventListener('wheel', wheel, { passive: false })
    return () => element?.removeEventListener('wheel', wheel)
  }, [look])

  const drag = useRef<{ x: number; y: number; far: number }>(undefined)
  const pointOf = ({ nativeEvent: { offsetX: x, offsetY: y } }: PointerEvent) => ({ x, y })
  const jobUnder = (event: PointerEvent) => {
    const found = view.current && jobAt(places, view.current, pointOf(event))
    const job = found && graph.jobs.find(({ id }) => id === found.id)
    return job && { job, fold: found.fold && job.isBox && job.members > 0 }
  }
  const onMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const from = drag.current
    if (!from) {
      const { job } = jobUnder(event) ?? {}
      event.currentTarget.title = job
        ? [job.name, job.condition && `waits until ${job.condition}`].filter(Boolean).join('\n')
        : ''
      event.currentTarget.style.cursor = job ? 'pointer' : 'grab'
      return
    }
    const at = pointOf(event)
    move(at.x - from.x, at.y - from.y)
    drag.current = { ...at, far: from.far + Math.abs(at.x - from.x) + Math.abs(at.y - from.y) }
  }
  const onUp = (event: PointerEvent<HTMLCanvasElement>) => {
    const from = drag.current
    drag.current = undefined
    if (!from || from.far > 4) return
    const found = jobUnder(event)
    if (found?.fold) onFold(found.job.id)
    else if (found) void navigate({ to: paths.jobGraph(found.job.id) })
  }
  const keys = new Map<string, () => unknown>([
    ['ArrowLeft', () => move(step, 0)],
    ['ArrowRight', () => move(-step, 0)],
    ['ArrowUp', () => move(0, step)],
    ['ArrowDown', () => move(0, -step)],
    ['+', () => zoom(near)],
    ['-', () => zoom(1 / near)],
    ['0', () => look(wholeIn(places, frame))],
  ])
  const onKey = (event: KeyboardEvent) => {
    const run = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys.get(event.key)
    if (!run) return
    event.preventDefault()
    // With the focus here they are of the picture, not of the page.
    event.stopPropagation()
    run()
  }
  const ratio = window.devicePixelRatio
  return (
    <div ref={ref} className={styles.wide}>
      <canvas
        ref={canvas}
        width={width * ratio}
        height={height * ratio}
        style={{ width, height }}
        role="img"
        aria-label={`${graph.jobs.length} jobs and ${graph.edges.length} lines. Arrows move the picture, + and - zoom, 0 shows all of it; as a table it can be read.`}
        tabIndex={0}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          drag.current = { ...pointOf(event), far: 0 }
        }}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerCancel={() => {
          drag.current = undefined
        }}
      />
      <div className={styles.zoom}>
        <button type="button" aria-label="Nearer" onClick={() => zoom(near)}>
          +
        </button>
        <button type="button" aria-label="Further" onClick={() => zoom(1 / near)}>
          −
        </button>
        <button type="button" aria-label="All of it" onClick={() => look(wholeIn(places, frame))}>
          ⤢
        </button>
      </div>
    </div>
  )
}
