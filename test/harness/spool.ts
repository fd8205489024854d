import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What `watchfloor run` keeps while the server is away, also what a courier has in hand. */
export const waitingIn = (spool: string): string[] => {
  try {
    return readdirSync(spool).filter((n) => n.includes('.ping'))
  } catch {
    return []
  }
}

/** What waits is an hour older than it was. */
export const anHourPasses = (spool: string): void => {
  for (const name of waitingIn(spool)) {
    const path = join(spool, name)
    const text = readFileSync(path, 'latin1')
    const earlier = (_: string, name: string, seconds: string) => `${name} ${Number(seconds) - 3_600}`
    writeFileSync(path, text.replace(/^(at|up) ([\d.]+)$/gm, earlier), 'latin1')
  }
}

/** Whether a courier is under way for this spool: it lives on for five seconds after the job when the server is away. */
export const couriersOf = (spool: string): string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      const read = (name: string) => readFileSync(join('/proc', pid, name), 'utf8')
      return read('cmdline').includes('\0deliver\0') && read('environ').includes(`WATCHFLOOR_SPOOL=${spool}\0`)
    } catch {
      return false
    }
  })
