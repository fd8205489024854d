import { Button, Textarea } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { type Choice, Chooser } from './Chooser.tsx'
import styles from './Composer.module.css'
import { useInserted } from './composer-insert.ts'
import { AttachButton, FileItems } from './Files.tsx'
import { ariaKey, Kbd } from './Kbd.tsx'
import { useKeys } from './keys.ts'
import { toastError } from './toast.ts'
import { type SentFile, type Upload, useFiles } from './use-files.ts'
import { useWayBack } from './way-back.ts'

export type MessageKind = 'public' | 'note'

export type ComposerProps = {
  /** Under which the draft is kept on this machine: 'ticket INC-2043'. */
  draftKey: string
  /** Who will read a public reply: 'L. Brandt, 2 watchers'. Without it only notes can be written. */
  to?: string | undefined
  /** Whether internal notes can be written here. */
  notes?: boolean
  /** Sends; the text stays until it has resolved. */
  send: (kind: MessageKind, text: string, files: readonly string[]) => Promise<unknown>
  /** Sends a file; without it there are no files here. */
  upload?: Upload
  /** More acts beside Send: macros, attachments. */
  acts?: ReactNode
  /** Stands above the field: a warning before one sends. */
  above?: ReactNode
  /** Told when somebody begins to write, and when the field is empty again. */
  onWriting?: (kind: MessageKind | undefined) => void
  /** Texts that can be put in: by '/' in an empty field, or the button. */
  texts?: readonly Choice[]
  /** Texts are on their way. */
  textsWait?: boolean
  textOf?: (choice: Choice) => string
  /** Told what is typed to find a text, when there are more than are offered at once. */
  onTextTyped?: (typed: string) => void
}

type Draft = { kind: MessageKind; text: string; files?: readonly SentFile[] }

const stored = (key: string) => `watchfloor.draft ${key}`

const readDraft = (key: string, start: MessageKind): Draft => {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(stored(key)) ?? 'null')
    if (found && typeof found === 'object' && 'text' in found && typeof found.text === 'string')
      return {
        kind: 'kind' in found && found.kind === 'note' ? 'note' : start,
        text: found.text,
        files: 'files' in found && Array.isArray(found.files) ? found.files : [],
      }
  } catch {
    // A draft that cannot be read is no draft.
  }
  return { kind: start, text: '' }
}

const keepDraft = (key: string, draft: Draft) => {
  try {
    if (draft.text || draft.files?.length) localStorage.setItem(stored(key), JSON.stringify(draft))
    else localStorage.removeItem(stored(key))
  } catch {
    // Storage may be full or blocked; the text is still in the field.
  }
}

/** The reply box: a public reply and an internal note look different and say who will read them. Ctrl+Enter sends. */
export function Composer(props: ComposerProps) {
  // A draft belongs to its ticket: another key is another composer.
  return <Box key={props.draftKey} {...props} />
}

function Box({
  draftKey,
  to,
  notes = true,
  send,
  acts,
  upload,
  above,
  onWriting,
  texts = [],
  textsWait = false,
  textOf,
  onTextTyped,
}: ComposerProps) {
  const [choosing, setChoosing] = useState(false)
  const [draft, setDraft] = useState(() => readDraft(draftKey, to ? 'public' : 'note'))
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const back = useWayBack()
  const { text } = draft
  const mayPut = textsWait || texts.length > 0
  const files = useFiles(upload, draft.files)
  const kept = JSON.stringify(files.sent)
  // A draft may be older than what can be written here now.
  const kind = draft.kind === 'note' ? (notes ? 'note' : 'public') : to ? 'public' : 'note'
  useEffect(() => keepDraft(draftKey, { ...draft, files: JSON.parse(kept) }), [draftKey, draft, kept])
  const empty = text.trim() === '' && files.sent.length === 0
  const writing = text.trim() === '' ? undefined : kind
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when it changes, not when the listener does
  useEffect(() => onWriting?.(writing), [writing])
  const putIn = (choice: Choice) => {
    const words = textOf?.(choice) ?? ''
    const at = field.current?.selectionStart ?? text.length
    const before = text.slice(0, at)
    const gap = before === '' || before.endsWith('\n') ? '' : '\n'
    setDraft({ kind, text: `${before}${gap}${words}${text.slice(at)}` })
    // The dialog gives the focus back when it has closed.
    setTimeout(() => field.current?.focus(), 0)
  }
  const choose = (next: MessageKind) => {
    setDraft({ kind: next, text })
    field.current?.focus()
  }
  useInserted(draftKey, (words) => {
    setDraft({ kind: to ? 'public' : kind, text: text.trim() ? `${text.trimEnd()}\n\n${words}` : words })
    setTimeout(() => field.current?.focus(), 0)
  })
  useKeys([
    ...(to ? [{ key: 'r', label: 'Reply', run: () => choose('public') }] : []),
    ...(notes ? [{ key: 'n', label: 'Write an internal note', run: () => choose('note') }] : []),
    ...(mayPut ? [{ key: 'i', label: 'Put in a canned reply', run: () => setChoosing(true) }] : []),
  ])
  const submit = async () => {
    if (busy || empty || files.busy) return
    setBusy(true)
    try {
      const words = text.trim() || `See ${files.sent.length > 1 ? 'the attached files' : 'the attached file'}.`
      await send(
        kind,
        words,
        files.sent.map(({ id }) => id),
      )
      setDraft({ kind, text: '' })
      files.clear()
    } catch (error) {
      toastError(error)
    } finally {
      setBusy(false)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Out of the field, so that single keys act again; the draft stays.
    if (event.key === 'Escape') back.leave(field.current)
    if (event.key === '/' && text === '' && mayPut) {
      event.preventDefault()
      setChoosing(true)
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void submit()
    }
  }
  return (
    <form
      className={styles.composer}
      data-kind={kind}
      {...files.handlers}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <fieldset className={styles.kinds} aria-label="Who will read it">
        {to && (
          <button type="button" aria-pressed={kind === 'public'} aria-keyshortcuts="r" onClick={() => choose('public')}>
            Reply to {to} {kind !== 'public' && <Kbd k="r" />}
          </button>
        )}
        {notes && (
          <button type="button" aria-pressed={kind === 'note'} aria-keyshortcuts="n" onClick={() => choose('note')}>
            Internal note {kind !== 'note' && <Kbd k="n" />}
          </button>
        )}
      </fieldset>
      {above && <div className={styles.above}>{above}</div>}
      <Textarea
        ref={field}
        classNames={{ input: styles.input }}
        aria-label={kind === 'note' ? 'Internal note' : `Reply to ${to}`}
        placeholder={kind === 'note' ? 'Write a note…' : 'Write a reply…'}
        minRows={2}
        value={text}
        onChange={(event) => setDraft({ kind, text: event.currentTarget.value })}
        onKeyDown={onKeyDown}
        onFocus={back.onFocus}
      />
      {files.items.length > 0 && (
        <div className={styles.files}>
          <FileItems files={files} />
        </div>
      )}
      {choosing && (
        <Chooser
          opened
          onClose={() => setChoosing(false)}
          label="Put in a canned reply"
          choices={texts}
          waiting={textsWait}
          {...(onTextTyped && { onTyped: onTextTyped })}
          none="No canned reply has such a name."
          onChoose={putIn}
        />
      )}
      <div className={styles.foot}>
        {upload && <AttachButton files={files} />}
        {kind === 'note' && <span className={styles.who}>only the support teams read it</span>}
        {acts}
        {mayPut && (
          <Button rightSection={<Kbd k="i" />} aria-keyshortcuts="i" onClick={() => setChoosing(true)}>
            Canned reply
          </Button>
        )}
        <Button
          type="submit"
          variant="filled"
          loading={busy}
          disabled={empty || files.busy}
          rightSection={<Kbd k="mod+Enter" />}
          aria-keyshortcuts={ariaKey('mod+Enter')}
        >
          {kind === 'note' ? 'Add note' : 'Send'}
        </Button>
      </div>
    </form>
  )
}
