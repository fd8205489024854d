import { Button, Textarea } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { type Choice, Chooser } from './Chooser.tsx'
import styles from './Composer.module.css'
import { useInserted } from './composer-insert.ts'
import { AttachButton, FileItems } from './Files.tsx'
import { ariaKey, Kbd } from './Kbd.tsx'
import { useKeys } from './keys.ts'
import { afterSending, type MessageKind, onceOf, useReplyDraft } from './reply-draft.ts'
import { toastError } from './toast.ts'
import type { Upload } from './use-files.ts'
import { useWayBack } from './way-back.ts'

export type ComposerProps = {
  /** Under which the draft is kept on this machine: 'ticket INC-2043'. */
  draftKey: string
  /** Who will read a public reply: 'L. Brandt, 2 watchers'. Without it only notes can be written. */
  to?: string | undefined
  /** Whether internal notes can be written here. */
  notes?: boolean
  /** Sends; the text stays until it has resolved. `once`: sent again with the same, it is not sent a second time. */
  send: (kind: MessageKind, text: string, files: readonly string[], once: string) => Promise<unknown>
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
  /** They could not be loaded. */
  textsFailed?: boolean
  textOf?: (choice: Choice) => string
  /** Told what is typed to find a text, when there are more than are offered at once. */
  onTextTyped?: (typed: string) => void
}

// A composer is made anew for each ticket that a key moves to; measuring its field by script would hold up that key.
const growsByItself = CSS.supports('field-sizing', 'content')

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
  textsFailed = false,
  textOf,
  onTextTyped,
}: ComposerProps) {
  const [choosing, setChoosing] = useState(false)
  const { draft, setDraft, files } = useReplyDraft(draftKey, to ? 'public' : 'note', upload)
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const back = useWayBack()
  const { text } = draft
  const mayPut = textsWait || textsFailed || texts.length > 0
  // A draft may be older than what can be written here now.
  const kind = draft.kind === 'note' ? (notes ? 'note' : 'public') : to ? 'public' : 'note'
  const empty = text.trim() === '' && files.sent.length === 0
  const writing = text.trim() === '' ? undefined : kind
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when it changes, not when the listener does
  useEffect(() => onWriting?.(writing), [writing])
  const putIn = (choice: Choice) => {
    const words = textOf?.(choice) ?? ''
    const at = field.current?.selectionStart ?? text.length
    const before = text.slice(0, at)
    const gap = before === '' || before.endsWith('\n') ? '' : '\n'
    setDraft({ ...draft, kind, text: `${before}${gap}${words}${text.slice(at)}` })
    // The dialog gives the focus back when it has closed.
    setTimeout(() => field.current?.focus(), 0)
  }
  const choose = (next: MessageKind) => {
    setDraft({ ...draft, kind: next })
    field.current?.focus()
  }
  useInserted(draftKey, (words) => {
    setDraft({ ...draft, kind: to ? 'public' : kind, text: text.trim() ? `${text.trimEnd()}\n\n${words}` : words })
    setTimeout(() => field.current?.focus(), 0)
  })
  useKeys([
    ...(to ? [{ key: 'r', label: 'Reply', run: () => choose('public') }] : []),
    ...(notes ? [{ key: 'n', label: 'Write an internal note', run: () => choose('note') }] : []),
    ...(mayPut ? [{ key: 'i', label: 'Put in a canned reply', run: () => setChoosing(true) }] : []),
  ])
  const isOurs = () => field.current?.form?.contains(document.activeElement)
  const submit = async () => {
    if (busy || empty || files.busy) return
    setBusy(true)
    try {
      const words = text.trim() || `See ${files.sent.length > 1 ? 'the attached files' : 'the attached file'}.`
      const ids = files.sent.map(({ id }) => id)
      await send(kind, words, ids, onceOf({ ...draft, kind }, ids))
      setDraft((now) => afterSending(now, text))
      files.clear()
      // The button that was tapped has nothing to send now, and would leave the focus to the page.
      if (!document.activeElement || document.activeElement === document.body || isOurs()) field.current?.focus()
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
        autosize={!growsByItself}
        value={text}
        onChange={(event) => setDraft({ ...draft, kind, text: event.currentTarget.value })}
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
          failed={textsFailed}
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
