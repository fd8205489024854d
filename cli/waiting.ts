type Terminal = { isTTY?: boolean; write(text: string): boolean }

/** On a terminal, for how many seconds one has waited: from the second one on, and gone with the answer. */
export const whileWaiting = async <T>(work: () => Promise<T>, err: Terminal = process.stderr): Promise<T> => {
  if (!err.isTTY) return work()
  let seconds = 0
  const timer = setInterval(() => {
    if (++seconds >= 2) err.write(`\r${seconds} s …`)
  }, 1_000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    if (seconds >= 2) err.write('\r\u001b[K')
  }
}
