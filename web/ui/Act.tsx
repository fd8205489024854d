import { Button, Tooltip } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useRef } from 'react'
import { createPortal } from 'react-dom'
import { ariaKey, Kbd } from './Kbd.tsx'
import { useKeys } from './keys.ts'
import { type ActKind, useMore } from './more.ts'

export type ActProps = {
  label: string
  /** Goes to a path (from paths.ts) … */
  to?: string
  /** … or does something. */
  run?: () => void
  /** The key that does the same; bound here, and shown on the button. */
  k?: string
  kind?: ActKind
  /** Rarely what one came for: on a phone it stands under More acts. */
  rare?: boolean
  busy?: boolean
  /** Why it cannot be done now: the button is disabled and says so on hover. */
  not?: string | null | undefined | false
  /** Secondary words in the palette. */
  hint?: string
  /** Sends the form in which it stands. */
  submit?: boolean
}

/** A button that is an act of this page: bound to its key, shown with it, and offered by the palette under its label. */
export function Act({
  label,
  to,
  run,
  k,
  kind = 'plain',
  rare = false,
  busy = false,
  not,
  hint,
  submit = false,
}: ActProps) {
  const navigate = useNavigate()
  const { more, sinks } = useMore(kind, rare)
  const element = useRef<HTMLButtonElement>(null)
  const act = () => {
    more?.close()
    return submit ? element.current?.form?.requestSubmit() : to ? void navigate({ to }) : run?.()
  }
  useKeys([{ label, run: act, kind: 'do', ...(k && { key: k }), ...(hint && { hint }) }], { when: !not && !busy })
  const button = (
    <Button
      ref={element}
      variant={kind === 'primary' ? 'filled' : 'default'}
      loading={busy}
      mod={{ danger: kind === 'danger' || kind === 'refusal', 'not-now': Boolean(not) }}
      aria-disabled={not ? true : undefined}
      aria-keyshortcuts={k && ariaKey(k)}
      rightSection={k && <Kbd k={k} />}
      data-sinks={sinks}
      type={submit && !not ? 'submit' : 'button'}
      onClick={not || submit ? undefined : act}
    >
      {label}
    </Button>
  )
  if (more)
    return (
      more.element &&
      createPortal(
        <>
          {button}
          {not && <span className="faint">{not}</span>}
        </>,
        more.element,
      )
    )
  return not ? <Tooltip label={not}>{button}</Tooltip> : button
}
