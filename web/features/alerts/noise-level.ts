const LEVELS = 6

/**
 * How dark a cell is, 0 to 6, by the square root of its share of the loudest: the eye sees a few beside hundreds, and
 * one alert is never as light as none.
 */
export const levelOf = (count: number, most: number): number =>
  count <= 0 || most <= 0 ? 0 : Math.max(1, Math.min(LEVELS, Math.ceil(Math.sqrt(count / most) * LEVELS)))
