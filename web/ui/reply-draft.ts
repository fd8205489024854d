import { useEffect, useState } from 'react'
import { browserShelf, openDraft } from './draft-store.ts'
import { type SentFile, type Upload, useFiles } from './use-files.ts'

export type MessageKind = 'public' | 'note'

/** `id`: of what is being written, until it is sent; the same in all tabs that show it. */
export type Draft = { kind: MessageKind; text: string; id: string }
type Kept = Draft & { files: readonly SentFile[] }

// Not randomUUID, which a browser has only where there is TLS.
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(36)).join('')
export const emptyDraft = (kind: MessageKind): Draft => ({ kind, text: '', id: newId() })

const parse = (value: string | null, start: MessageKind): Kept => {
  try {
    const found: unknown = JSON.parse(value ?? 'null')
    if (found && typeof found === 'object' && 'text' in found && typeof found.text === 'string')
      return {
        kind: 'kind' in found && found.kind === 'note' ? 'note' : start,
        text: found.text,
        id: 'id' in found && typeof found.id === 'string' ? found.id : newId(),
        files: 'files' in found && Array.isArray(found.files) ? found.files : [],
      }
  } catch {
    // A draft that cannot be read is no draft.
  }
  return { ...emptyDraft(start), files: [] }
}

/**
 * Names the sending of these words: a second tab that sends them too, or a second try because the answer was lost, does
 * not send them twice. Other words are another message.
 */
export const onceOf = ({ id, kind, text }: Draft, files: readonly string[]): string => {
  let hash = 0
  for (const letter of JSON.stringify([kind, text, files])) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0
  return `${id}-${(hash >>> 0).toString(36)}`
}

/** What is left when `sent` has been sent: what was typed meanwhile. */
export const afterSending = (now: Draft, sent: string): Draft => ({
  ...emptyDraft(now.kind),
  text: now.text.startsWith(sent) ? now.text.slice(sent.length).trimStart() : now.text,
})

/** A reply that is not sent yet, with its files, kept on this machine and the same in all tabs. */
export const useReplyDraft = (key: string, start: MessageKind, upload: Upload | undefined) => {
  const [store] = useState(() => openDraft(browserShelf, `watchfloor.draft ${key}`))
  const [first] = useState(() => parse(store.start, start))
  const [draft, setDraft] = useState<Draft>({ kind: first.kind, text: first.text, id: first.id })
  const files = useFiles(upload, first.files)
  const { take } = files
  const kept = JSON.stringify(files.sent)
  useEffect(() => {
    const { kind, text, id } = draft
    const isEmpty = text === '' && kept === '[]'
    store.keep(isEmpty ? null : JSON.stringify({ kind, text, id, files: JSON.parse(kept) }))
  }, [store, draft, kept])
  useEffect(
    () =>
      store.follow((value) => {
        const { files: others, ...words } = parse(value, start)
        setDraft((now) => (value === null ? emptyDraft(now.kind) : words))
        take(others)
      }),
    [store, start, take],
  )
  return { draft, setDraft, files }
}
