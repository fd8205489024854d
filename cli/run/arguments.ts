export type RunOptions = {
  wait: number
  capture: boolean
  /** Whether it starts while another run of the job goes on here. */
  overlaps: boolean
  /** How long it may take, in seconds, and as it was given; null for no limit. */
  timeout: { seconds: number; given: string } | null
  /** How often it tells that it still runs, in seconds; 0 for never. */
  heartbeat: number
}
export type RunArguments = RunOptions & { job: string; command: string[] }

const WAIT_SECONDS = 10
const HEARTBEAT_SECONDS = 300

const unitSeconds: Record<string, number> = { '': 1, s: 1, m: 60, h: 3_600, d: 86_400 }

/** 90, 90s, 30m, 2h, 1d; 0 for anything else. */
export const secondsOf = (given = ''): number => {
  const [, number, unit = ''] = /^([1-9]\d{0,5})([smhd]?)$/.exec(given) ?? []
  return Number(number ?? 0) * (unitSeconds[unit] ?? 0)
}

/** `[options] <job> -- command…`; null for anything else. supervise.pl reads the same. */
export const readArguments = (given: string[]): RunArguments | null => {
  const options: RunOptions = { wait: 0, capture: true, overlaps: true, timeout: null, heartbeat: HEARTBEAT_SECONDS }
  let i = 0
  for (; given[i]?.startsWith('-'); i++) {
    const [, name, value] = /^(--[a-z-]+)(?:=(.*))?$/s.exec(given[i] ?? '') ?? []
    if (name === '--wait' && /^\d{1,4}$/.test(value ?? '0'))
      options.wait = value === undefined ? WAIT_SECONDS : Number(value)
    else if (given[i] === '--no-output') options.capture = false
    else if (given[i] === '--no-overlap') options.overlaps = false
    // By it `crontab unwrap` knows what `crontab wrap` has written.
    else if (given[i] === '--wrapped' || given[i] === '--wrapped=shell') continue
    else if (name === '--timeout') {
      const limit = value ?? given[++i] ?? ''
      options.timeout = { seconds: secondsOf(limit), given: limit }
      if (options.timeout.seconds === 0) return null
    } else if (name === '--heartbeat') {
      const often = value ?? given[++i]
      options.heartbeat = secondsOf(often)
      if (options.heartbeat === 0 && often !== '0') return null
    } else return null
  }
  const [job, dashes, ...command] = given.slice(i)
  if (!job || dashes !== '--' || command.length === 0) return null
  return { ...options, job, command }
}
