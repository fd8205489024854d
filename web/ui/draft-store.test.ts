import { expect, test } from 'vitest'
import { openDraft, type Shelf } from './draft-store.ts'

/** A browser with one storage and as many tabs as are opened; each hears what the others write, when `tell` is called. */
const browser = () => {
  const kept = new Map<string, string>()
  const waiting: (() => void)[] = []
  const tabs: { key: string; heard: () => void; shelf: Shelf }[] = []
  const tab = () => {
    const own = { full: false }
    const shelf: Shelf = {
      read: (key) => kept.get(key) ?? null,
      write: (key, value) => {
        if (own.full) throw new Error('QuotaExceededError')
        if (value === null) kept.delete(key)
        else kept.set(key, value)
        for (const other of tabs) if (other.shelf !== shelf && other.key === key) waiting.push(other.heard)
      },
      listen: (key, heard) => {
        const entry = { key, heard, shelf }
        tabs.push(entry)
        return () => void tabs.splice(tabs.indexOf(entry), 1)
      },
    }
    const open = (key = 'ticket INC-1 priya') => {
      const draft = openDraft(shelf, key)
      const field = { text: draft.start ?? '', type: (text: string) => type(text), stop: () => {} }
      const type = (text: string) => {
        field.text = text
        draft.keep(text || null)
      }
      field.stop = draft.follow((value) => {
        field.text = value ?? ''
        // As a page does: what it shows is what it keeps.
        draft.keep(value)
      })
      return field
    }
    return { open, own }
  }
  const tell = () => {
    let told = 0
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      next()
      if (++told > 100) throw new Error('The tabs do not come to an end.')
    }
  }
  return { tab, tell, kept }
}

test('what is typed in one tab stands in the other, and is gone from both when one has sent it', () => {
  const { tab, tell, kept } = browser()
  const [one, two] = [tab().open(), tab().open()]
  one.type('Restart from step 3')
  tell()
  expect(two.text).toBe('Restart from step 3')
  two.type('Restart from step 3 is safe.')
  tell()
  expect(one.text).toBe('Restart from step 3 is safe.')
  // Sent.
  one.type('')
  tell()
  expect(two.text).toBe('')
  expect(kept.size).toBe(0)
})

test('a tab that is opened anew finds the words of both, and another ticket is another draft', () => {
  const { tab, tell } = browser()
  const [one, two, other] = [tab().open(), tab().open(), tab().open('ticket INC-2 priya')]
  one.type('From the first.')
  tell()
  two.type(`${two.text} From the second.`)
  tell()
  expect(tab().open().text).toBe('From the first. From the second.')
  expect(other.text).toBe('')
})

test('a tab that slept takes what is so now, not all that was', () => {
  const { tab, tell } = browser()
  const [one, two] = [tab().open(), tab().open()]
  one.type('H')
  one.type('Hello')
  one.type('')
  tell()
  expect(two.text).toBe('')
})

test('words that could not be kept are not overwritten by another tab', () => {
  const { tab, tell, kept } = browser()
  const [full, other] = [tab(), tab()]
  const [one, two] = [full.open(), other.open()]
  full.own.full = true
  one.type('Nowhere but here')
  two.type('Elsewhere')
  tell()
  expect(one.text).toBe('Nowhere but here')
  full.own.full = false
  one.type('Nowhere but here.')
  expect([...kept.values()]).toEqual(['Nowhere but here.'])
})

test('a box that is gone from the page hears nothing more', () => {
  const { tab, tell } = browser()
  const [one, two] = [tab().open(), tab().open()]
  two.stop()
  one.type('Hello')
  tell()
  expect(two.text).toBe('')
})

test('where storage is blocked, one writes as ever', () => {
  const blocked = (): never => {
    throw new DOMException('The operation is insecure.')
  }
  const draft = openDraft({ read: blocked, write: blocked, listen: () => () => {} }, 'any')
  expect(draft.start).toBeNull()
  draft.keep('Hello')
})
