/**
 * Shows `describe(seconds)` on stderr until the work is done: each second over the same line of a terminal, else a
 * line every five seconds, so that a log stays short.
 */
export const withProgress = async (describe, work) => {
  const terminal = process.stderr.isTTY
  const started = performance.now()
  const seconds = () => Math.round((performance.now() - started) / 1000)
  const show = () => process.stderr.write(terminal ? `\r\x1b[2K${describe(seconds())}` : `${describe(seconds())}\n`)
  show()
  const timer = setInterval(show, terminal ? 1000 : 5000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    if (terminal) process.stderr.write('\r\x1b[2K')
  }
}
