/** What a fake of the outside world has received. Each thing is expected once; what is left over was not expected. */
export type Inbox<T> = {
  /** Everything since the start or the last `clear`, also what was taken. */
  all(): T[]
  add(item: T): void
  /** Takes the oldest thing that matches and was not taken yet; waits for it up to `timeoutMs` of real time. */
  next(match: (item: T) => boolean, timeoutMs?: number): Promise<T>
  /** What nobody has taken. */
  unexpected(): T[]
  /** Throws, listing what nobody has taken. */
  expectNothingElse(): void
  clear(): void
}

type Waiter<T> = { match: (item: T) => boolean; take: (item: T) => void }

const list = (lines: string[]): string =>
  lines.length === 0 ? ' nothing' : `\n${lines.map((l) => `  - ${l}`).join('\n')}`

/** `noun` and `describe` are for the sentences of failures: "mail", "to ana@example.com: P1: …". */
export const inbox = <T>(noun: string, describe: (item: T) => string): Inbox<T> => {
  let items: { item: T; taken: boolean }[] = []
  let waiters: Waiter<T>[] = []
  const unexpected = () => items.filter((i) => !i.taken).map((i) => i.item)
  return {
    all: () => items.map((i) => i.item),
    unexpected,
    add(item) {
      const waiter = waiters.find((w) => w.match(item))
      items.push({ item, taken: waiter !== undefined })
      waiters = waiters.filter((w) => w !== waiter)
      waiter?.take(item)
    },
    next(match, timeoutMs = 5000) {
      const there = items.find((i) => !i.taken && match(i.item))
      if (there) {
        there.taken = true
        return Promise.resolve(there.item)
      }
      const { promise, resolve, reject } = Promise.withResolvers<T>()
      const late = new Error(`No ${noun} matched within ${timeoutMs} ms.`)
      const waiter: Waiter<T> = { match, take: resolve }
      waiters.push(waiter)
      const timer = setTimeout(() => {
        waiters = waiters.filter((w) => w !== waiter)
        late.message += ` There was:${list(unexpected().map(describe))}`
        reject(late)
      }, timeoutMs)
      return promise.finally(() => clearTimeout(timer))
    },
    expectNothingElse() {
      const left = unexpected()
      if (left.length > 0) throw new Error(`Not expected, ${left.length} ${noun}:${list(left.map(describe))}`)
    },
    clear() {
      items = []
    },
  }
}

/** Whether a text is the wanted one, or has the wanted pattern; nothing wanted is met by anything. */
export const fits = (wanted: string | RegExp | undefined, text: string): boolean =>
  wanted === undefined ||
  (typeof wanted === 'string'
    ? wanted === text
    : new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, '')).test(text))
