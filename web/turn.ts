const waiting: (() => void)[] = []
let channel: MessageChannel | undefined
let isTaken = false

const pass = () => {
  const next = waiting.shift()
  next?.()
  isTaken = next !== undefined
  if (isTaken) channel?.port2.postMessage(null)
}

/**
 * Waits for a turn: the first that asks has it at once, each of the others in a task of its own. To begin a request takes
 * a slow processor as long as a key may wait, and a page that opens begins ten.
 */
export const turn = (): Promise<void> | undefined => {
  if (isTaken) return new Promise((take) => waiting.push(take))
  isTaken = true
  if (!channel) {
    channel = new MessageChannel()
    // Not a timer, which a page in the background has once in a minute.
    channel.port1.onmessage = pass
  }
  channel.port2.postMessage(null)
  return undefined
}
