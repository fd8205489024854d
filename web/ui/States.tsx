import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import styles from './States.module.css'
import { useSaysInPlace } from './said-in-place.ts'

/** What a page is for when there is nothing in it yet, and the one act that starts it. */
export const Empty = ({ title, children, act }: { title: string; children?: ReactNode; act?: ReactNode }) => (
  <div className={styles.state}>
    <b>{title}</b>
    {children && <div className="muted">{children}</div>}
    {act && <div className={styles.act}>{act}</div>}
  </div>
)

/** Why it failed, as a sentence. */
export const wordsOf = (error: unknown): string => {
  // Nobody typed an id: it stood in the address.
  if (error instanceof Error && /^(id|token): /.test(error.message))
    return 'There is nothing at this address; it may have been mistyped, or not copied whole.'
  return error instanceof Error ? error.message : 'The server did not say why.'
}

/** What is not there, or not for the reader, will not be there at a second try. */
export const isFinal = (error: unknown): boolean =>
  error instanceof Error && 'status' in error && [403, 404, 410, 422].includes(Number(error.status))

/** What failed and what to do. `error` is what was thrown; its message is a whole sentence from the server. */
export function Failed({ what, error, retry }: { what: string; error?: unknown; retry?: () => void }) {
  useSaysInPlace(error)
  return (
    <div className={styles.state} role="alert">
      <b className={styles.failed}>{what}</b>
      <div className="muted">{wordsOf(error)}</div>
      {retry && !isFinal(error) && (
        <div className={styles.act}>
          <Button onClick={retry}>Try again</Button>
        </div>
      )}
    </div>
  )
}

/** True once `on` has lasted for 200 ms: what is quicker shows nothing, so that nothing flickers. */
export const useLate = (on: boolean, after = 200): boolean => {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!on) return setLate(false)
    const timer = setTimeout(() => setLate(true), after)
    return () => clearTimeout(timer)
  }, [on, after])
  return on && late
}

const widths = ['62%', '48%', '71%', '55%', '66%', '43%', '58%', '50%']

/** Grey lines in the place of what is being loaded. */
export function Loading({ lines = 8 }: { lines?: number }) {
  const late = useLate(true)
  return (
    <div className={styles.loading} role="status" aria-busy="true">
      <span className="sr-only">Loading</span>
      {late &&
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines have no names
        Array.from({ length: lines }, (_, line) => <i key={line} style={{ width: widths[line % widths.length] }} />)}
    </div>
  )
}

/** A line across the page for what everybody must know now: no connection, blind since 07:02. */
export const Banner = ({
  tone = 'warn',
  alert = false,
  children,
  act,
}: {
  tone?: 'warn' | 'blind' | 'down'
  /** Somebody waits for what it tells of. */
  alert?: boolean
  children: ReactNode
  act?: ReactNode
}) => (
  <div className={styles.banner} data-tone={tone} role={alert ? 'alert' : 'status'}>
    <span>{children}</span>
    {act}
  </div>
)

/** A remark inside a page, tinted: a suggestion, a consequence, a warning. Its acts stand below the words. */
export const Callout = ({
  tone = 'info',
  acts,
  children,
}: {
  tone?: 'info' | 'note' | 'warn' | 'down' | 'blind'
  acts?: ReactNode
  children: ReactNode
}) => (
  <div className={styles.callout} data-tone={tone}>
    {children}
    {acts && <div className={styles.acts}>{acts}</div>}
  </div>
)
