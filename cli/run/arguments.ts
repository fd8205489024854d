export type RunArguments = { job: string; command: string[]; wait: number; capture: boolean }

const WAIT_SECONDS = 10

/** `[--wait[=seconds]] [--no-output] <job> -- command…`; null for anything else. supervise.pl reads the same. */
export const readArguments = (given: string[]): RunArguments | null => {
  const options = { wait: 0, capture: true }
  let i = 0
  for (; given[i]?.startsWith('-'); i++) {
    const wait = /^--wait(?:=(\d{1,4}))?$/.exec(given[i] ?? '')
    if (wait) options.wait = wait[1] === undefined ? WAIT_SECONDS : Number(wait[1])
    else if (given[i] === '--no-output') options.capture = false
    else return null
  }
  const [job, dashes, ...command] = given.slice(i)
  if (!job || dashes !== '--' || command.length === 0) return null
  return { ...options, job, command }
}
