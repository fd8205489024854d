import { parseArgs } from 'node:util'

export type Options = {
  /** The history that is made; the same number makes the same one. */
  seed: number
  /** Goes on with what the last start left behind. */
  keep: boolean
  /** How many seconds pass in one. */
  speed: number
  port: number
}

export const usage = `npm run demo -- [--seed 7] [--keep] [--speed 60]

  --seed N    another history; the same number makes the same one (default 7)
  --keep      go on with what the last start left behind, instead of making all anew
  --speed N   from now on N seconds pass in one, such as 60: an hour in a minute (default 1). Monitors
              look, and pages go on to the next person, as often as ever by the clock on the wall

  PORT        where Watchfloor listens (default 9282); the three ports after it are taken as well`

/** Reads what was asked for. Throws a sentence that says what is wrong with it. */
export const readOptions = (args: readonly string[], env: Record<string, string | undefined>): Options | 'help' => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '7' },
      speed: { type: 'string', default: '1' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return 'help'
  return {
    keep: values.keep,
    seed: whole('--seed', values.seed, 0, 2 ** 31),
    speed: whole('--speed', values.speed, 1, 600),
    port: whole('PORT', env.PORT || '9282', 1, 65_532),
  }
}

const whole = (name: string, text: string, least: number, most: number): number => {
  const n = Number(text)
  if (Number.isInteger(n) && n >= least && n <= most) return n
  throw new Error(`${name} must be a whole number from ${least} to ${most}, not "${text}".`)
}
