/** What is next, by time and then in the order in which it was put in. */
export type Heap = { push(time: number, item: number): void; pop(): { time: number; item: number } | null }

export const heap = (): Heap => {
  const times: number[] = []
  const items: number[] = []
  const turns: number[] = []
  let turn = 0
  const before = (a: number, b: number) =>
    (times[a] as number) < (times[b] as number) ||
    (times[a] === times[b] && (turns[a] as number) < (turns[b] as number))
  const swap = (a: number, b: number) => {
    const [time, item, own] = [times[a] as number, items[a] as number, turns[a] as number]
    times[a] = times[b] as number
    items[a] = items[b] as number
    turns[a] = turns[b] as number
    times[b] = time
    items[b] = item
    turns[b] = own
  }
  return {
    push(time, item) {
      let at = times.push(time) - 1
      items.push(item)
      turns.push(turn++)
      for (let up = (at - 1) >> 1; at > 0 && before(at, up); at = up, up = (at - 1) >> 1) swap(at, up)
    },
    pop() {
      if (times.length === 0) return null
      const found = { time: times[0] as number, item: items[0] as number }
      swap(0, times.length - 1)
      times.pop()
      items.pop()
      turns.pop()
      for (let at = 0; ; ) {
        let least = at
        for (let child = 2 * at + 1; child <= 2 * at + 2; child++)
          if (child < times.length && before(child, least)) least = child
        if (least === at) return found
        swap(at, least)
        at = least
      }
    },
  }
}
