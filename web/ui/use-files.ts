import { type ClipboardEvent, type DragEvent, useCallback, useEffect, useRef, useState } from 'react'

/** What is known of a file once it has been sent. */
export type SentFile = { id: string; name: string; bytes: number; width: number | null; height: number | null }

/** Sends a file; `progress` from 0 to 1. */
export type Upload = (file: File, on: { progress: (part: number) => void; signal: AbortSignal }) => Promise<SentFile>

/** One file of a form: on its way, sent, or failed with a sentence. */
export type FileItem = {
  key: number
  name: string
  bytes: number
  progress: number
  sent?: SentFile
  failed?: string
  stop?: () => void
}

let keys = 0
const itemOf = (sent: SentFile): FileItem => ({ key: ++keys, name: sent.name, bytes: sent.bytes, progress: 1, sent })

const sentence = (error: unknown) => (error instanceof Error ? error.message : 'It could not be sent.')

/**
 * The files of a form: chosen, pasted or dropped, each sent at once, so that they are there when the form is. `kept`:
 * those of a draft, which were sent before.
 */
export const useFiles = (upload: Upload | undefined, kept: readonly SentFile[] = []) => {
  const [items, setItems] = useState<readonly FileItem[]>(() => kept.map(itemOf))
  const change = useCallback(
    (key: number, next: Partial<FileItem>) =>
      setItems((all) => all.map((one) => (one.key === key ? { ...one, ...next } : one))),
    [],
  )
  const remove = useCallback(
    (key: number) =>
      setItems((all) => {
        all.find((one) => one.key === key)?.stop?.()
        return all.filter((one) => one.key !== key)
      }),
    [],
  )
  const add = useCallback(
    (files: Iterable<File>) => {
      if (!upload) return
      for (const file of files) {
        const key = ++keys
        const control = new AbortController()
        const item = { key, name: file.name, bytes: file.size, progress: 0, stop: () => control.abort() }
        setItems((all) => [...all, item])
        upload(file, { progress: (part) => change(key, { progress: part }), signal: control.signal }).then(
          (sent) => change(key, { sent, name: sent.name, bytes: sent.bytes, progress: 1 }),
          (error: unknown) => change(key, { failed: sentence(error) }),
        )
      }
    },
    [upload, change],
  )
  const present = useRef(items)
  present.current = items
  // What is still on its way when the form is left belongs to nobody.
  useEffect(
    () => () => {
      for (const one of present.current) if (!one.sent) one.stop?.()
    },
    [],
  )
  return {
    items,
    add,
    remove,
    clear: useCallback(() => setItems([]), []),
    /** These are the ones that were sent, whoever did; what is on its way here stays. */
    take: useCallback(
      (sent: readonly SentFile[]) =>
        setItems((all) => [
          ...sent.map((file) => all.find((one) => one.sent?.id === file.id) ?? itemOf(file)),
          ...all.filter((one) => !one.sent),
        ]),
      [],
    ),
    sent: items.flatMap(({ sent }) => sent ?? []),
    busy: items.some(({ sent, failed }) => !sent && !failed),
    /** For the element into which one pastes and drops. */
    handlers: upload && {
      onPaste: (event: ClipboardEvent) => {
        if (event.clipboardData.files.length === 0) return
        event.preventDefault()
        add(event.clipboardData.files)
      },
      onDragOver: (event: DragEvent) => event.dataTransfer.types.includes('Files') && event.preventDefault(),
      onDrop: (event: DragEvent) => {
        if (event.dataTransfer.files.length === 0) return
        event.preventDefault()
        add(event.dataTransfer.files)
      },
    },
  }
}
export type Files = ReturnType<typeof useFiles>
