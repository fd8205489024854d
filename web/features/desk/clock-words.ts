import type { TicketClock } from '../../../contract/desk/shapes.ts'

/** '2 h 10 min', '40 min'; a minus sign when it is over. Never days: a day of open hours is not 24 h. */
export const lengthOf = (minutes: number): string => {
  const whole = Math.floor(Math.abs(minutes) + 1e-6)
  const [h, min] = [Math.floor(whole / 60), whole % 60]
  const words = h === 0 ? `${min} min` : min === 0 ? `${h} h` : `${h} h ${min} min`
  return minutes < 0 && whole > 0 ? `−${words}` : words
}

/** Each clock once, with its latest run; those before it are its earlier ones. */
export const mainClocks = <C extends Pick<TicketClock, 'name' | 'label'>>(
  clocks: readonly C[],
): { clock: C; earlier: C[] }[] =>
  [...Map.groupBy(clocks, (c) => `${c.name} ${c.label}`).values()].flatMap((runs) => {
    const clock = runs.at(-1)
    return clock ? [{ clock, earlier: runs.slice(0, -1) }] : []
  })
