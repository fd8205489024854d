import { Button } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import { useMay } from '../../parts/frame-data.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Status } from '../../ui/Marks.tsx'
import { CodeEntry } from './CodeEntry.tsx'
import { useChannelTitle } from './data.ts'
import styles from './notify.module.css'
import type { Method } from './reach.ts'
import { CodeAnswer, TestAnswer } from './TestAnswer.tsx'

const State = ({ of }: { of: Method }) => {
  if (of.disabledReason) return <Status tone="down">off</Status>
  return of.verifiedAt ? <Status tone="ok">ready</Status> : <Status tone="warn">not verified</Status>
}

type Props = {
  methods: readonly Method[]
  /** The id of what was added just now: its code comes next. */
  added: string | undefined
  /** Deliveries of tests by method id. */
  tests: Readonly<Record<string, string>>
  testing: string | undefined
  onTest: (method: Method) => void
  onRemove: (method: Method) => void
}

/** My contact methods, each with its state, its code entry while it is new, and the answer to its test. */
export function Methods({ methods, added, tests, testing, onTest, onRemove }: Props) {
  const [cursor, setCursor] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const title = useChannelTitle()
  const mayRead = useMay('delivery.read') !== undefined
  const current = methods[Math.min(cursor, methods.length - 1)]
  const move = (by: number) => {
    const next = Math.min(Math.max(cursor + by, 0), methods.length - 1)
    setCursor(next)
    list.current?.querySelectorAll<HTMLElement>('li')[next]?.focus()
  }
  const enterCode = () => list.current?.querySelector<HTMLElement>(`[data-code="${current?.id}"]`)?.focus()
  useKeys(
    [
      { key: 'j', label: 'Next contact method', kind: 'move', repeat: true, run: () => move(1) },
      { key: 'k', label: 'Contact method before', kind: 'move', repeat: true, run: () => move(-1) },
      { key: 't', label: 'Send a test', hint: current?.label ?? '', run: () => current?.verifiedAt && onTest(current) },
      { key: 'e', label: 'Enter the code', hint: current?.label ?? '', run: enterCode },
      {
        key: 'd',
        label: 'Remove the contact method',
        hint: current?.label ?? '',
        run: () => current && onRemove(current),
      },
    ],
    { when: methods.length > 0 },
  )
  const below = (method: Method): ReactNode => {
    if (method.disabledReason) return <p className="muted">{method.disabledReason}</p>
    if (!method.verifiedAt)
      return (
        <>
          <CodeEntry of={method} isNext={method.id === added} />
          {mayRead && <CodeAnswer methodId={method.id} />}
        </>
      )
    const test = tests[method.id]
    if (!test) return null
    return mayRead ? (
      <TestAnswer deliveryId={test} />
    ) : (
      <p className="muted">A test is on its way to {method.address}. Look whether it arrives.</p>
    )
  }
  return (
    <ul ref={list} className={styles.methods} aria-label="My contact methods">
      {methods.map((method, index) => (
        <li
          key={method.id}
          className={styles.method}
          tabIndex={method === current ? 0 : -1}
          data-cursor={method === current || undefined}
          onFocusCapture={() => setCursor(index)}
        >
          <div className={styles.line}>
            <b>{method.label}</b>
            <span className="faint">{title(method.channel)}</span>
            <code>{method.address}</code>
            <State of={method} />
            <span className={styles.acts}>
              {method.verifiedAt && (
                <Button
                  onClick={() => onTest(method)}
                  loading={testing === method.id}
                  rightSection={method === current && <Kbd k="t" />}
                  aria-label={`Send a test to ${method.label}`}
                >
                  Test
                </Button>
              )}
              <Button
                onClick={() => onRemove(method)}
                mod={{ danger: true }}
                rightSection={method === current && <Kbd k="d" />}
                aria-label={`Remove ${method.label}`}
              >
                Remove
              </Button>
            </span>
          </div>
          {below(method)}
        </li>
      ))}
    </ul>
  )
}
