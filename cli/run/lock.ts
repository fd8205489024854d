import { spawnSync } from 'node:child_process'
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder, spoolFolder } from './spool.ts'

/**
 * One run of a job at a time on this host, by the same files as in supervise.pl. The kernel frees the lock of a
 * supervisor that was killed; that its command may still run stands in the file.
 */
export type Lock =
  | { held: true; note(child: number, run: string): void; free(): void }
  | { held: false; process: string; run: string | undefined }

/** Null: no lock can be had here. */
export const lockJob = (job: string): Lock | null => {
  const name = [...Buffer.from(job).subarray(0, 60)].map((b) => {
    const c = String.fromCharCode(b)
    return /[A-Za-z0-9_.-]/.test(c) ? c : `%${b.toString(16).padStart(2, '0')}`
  })
  const path = join(spoolFolder(), 'locks', `${name.join('')}.lock`)
  try {
    makeFolder(join(spoolFolder(), 'locks'))
    const file = openSync(path, 'a+', 0o600)
    // Node cannot lock a file; what flock(1) locks by our descriptor stays locked as long as we have it.
    const { status, error } = spawnSync('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', file] })
    if (error) return null
    const [pid = '?', since = '', run] = readFileSync(path, 'utf8').trim().split(' ')
    if (status !== 0 || (/^\d+$/.test(since) && began(pid) === since)) return { held: false, process: pid || '?', run }
    ftruncateSync(file, 0)
    return {
      held: true,
      note: (child, own) => void writeSync(file, `${child} ${began(String(child))} ${own}\n`),
      free() {
        ftruncateSync(file, 0)
        closeSync(file)
      },
    }
  } catch {
    return null
  }
}

/** When a process that lives began, as the kernel counts it: with its number the name of a process. */
const began = (pid: string): string => {
  try {
    return /^.*\) [^ZX] (?:\S+ ){18}(\d+) /s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '?'
  } catch {
    return '?'
  }
}
