import { nodeSize } from './layout.ts'

/** What part of a picture is in sight: a point of it stands at `x + zoom * its x` of the frame, in px. */
export type View = { x: number; y: number; zoom: number }
type Point = { x: number; y: number }
type Size = { width: number; height: number }
export type Places = ReadonlyMap<string, Point>

const zooms = { least: 0.02, most: 1.5 }
const edge = 24

/** Nearer (`by` over 1) or further, about a point of the frame that stays where it is. */
export const zoomedAt = (view: View, by: number, at: Point): View => {
  const zoom = Math.min(Math.max(view.zoom * by, zooms.least), zooms.most)
  const share = zoom / view.zoom
  return { zoom, x: at.x - (at.x - view.x) * share, y: at.y - (at.y - view.y) * share }
}

/** All of the picture, no larger than it is. */
export const wholeIn = (places: Places, { width, height }: Size): View => {
  const [left, right] = ends([...places.values()].map(({ x }) => x))
  const [top, bottom] = ends([...places.values()].map(({ y }) => y))
  const full = { width: right - left + nodeSize.width, height: bottom - top + nodeSize.height }
  const fit = Math.min((width - 2 * edge) / full.width, (height - 2 * edge) / full.height, 1)
  const zoom = Math.max(fit, zooms.least)
  return {
    zoom,
    x: (width - full.width * zoom) / 2 - left * zoom,
    y: (height - full.height * zoom) / 2 - top * zoom,
  }
}

const ends = (values: readonly number[]): [number, number] => {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    least = Math.min(least, value)
    most = Math.max(most, value)
  }
  return values.length === 0 ? [0, 0] : [least, most]
}

/** A job in the middle of the frame, as large as one can read. */
export const about = (place: Point | undefined, { width, height }: Size): View => {
  const zoom = 0.9
  const { x, y } = place ?? { x: 0, y: 0 }
  return { zoom, x: width / 2 - (x + nodeSize.width / 2) * zoom, y: height / 2 - (y + nodeSize.height / 2) * zoom }
}

/** The job at a point of the frame. `fold`: at its left end, where a box opens and closes. */
export const jobAt = (places: Places, view: View, at: Point): { id: string; fold: boolean } | undefined => {
  const [x, y] = [(at.x - view.x) / view.zoom, (at.y - view.y) / view.zoom]
  for (const [id, place] of places) {
    const [dx, dy] = [x - place.x, y - place.y]
    if (dx >= 0 && dx <= nodeSize.width && dy >= 0 && dy <= nodeSize.height) return { id, fold: dx < 24 }
  }
  return undefined
}
