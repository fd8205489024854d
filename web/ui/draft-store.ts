/** What all tabs of a browser share. */
export type Shelf = {
  read(key: string): string | null
  write(key: string, value: string | null): void
  /** Calls whenever another tab may have written there; returns how to end that. */
  listen(key: string, heard: () => void): () => void
}

export const browserShelf: Shelf = {
  read: (key) => localStorage.getItem(key),
  write: (key, value) => (value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value)),
  listen: (key, heard) => {
    const onStorage = (event: StorageEvent) => event.key === key && heard()
    addEventListener('storage', onStorage)
    // A tab that was put to sleep, or left and come back to, was not told.
    addEventListener('focus', heard)
    addEventListener('pageshow', heard)
    return () => {
      removeEventListener('storage', onStorage)
      removeEventListener('focus', heard)
      removeEventListener('pageshow', heard)
    }
  },
}

/**
 * What is written and not sent yet: one for all tabs, so that none shows what is no longer so. Each tab keeps what is
 * typed in it at once and takes what is typed in another; sent in one, it is gone from all.
 */
export const openDraft = (shelf: Shelf, key: string) => {
  let known: string | null = null
  let unkept = false
  const read = () => {
    try {
      return shelf.read(key)
    } catch {
      // Storage may be blocked.
      return known
    }
  }
  known = read()
  return {
    /** As it was when it was opened; null: there was none. */
    start: known,
    keep(value: string | null) {
      if (value === known && !unkept) return
      try {
        shelf.write(key, value)
        known = value
        unkept = false
      } catch {
        // Storage may be full or blocked; the words are still in the field.
        unkept = true
      }
    },
    follow: (take: (value: string | null) => void) =>
      shelf.listen(key, () => {
        const now = read()
        // What could not be kept stands in this field alone.
        if (unkept || now === known) return
        known = now
        take(now)
      }),
  }
}
