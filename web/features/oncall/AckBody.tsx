import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Priority } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { Stamp, useZone } from '../../ui/Time.tsx'
import { type Instant, zoneName } from '../../ui/time.ts'
import styles from './Acknowledge.module.css'
import { type Given, type Standing, titleOf, whyOf } from './ack-state.ts'
import { NextStep } from './NextStep.tsx'

/** What fits under the title; the rest is what is known. */
const underTitle = 2

const levelOf = (priority: string | null) => Number(priority?.replace('P', '')) || undefined

const At = ({ at }: { at: Instant | null }) =>
  at && (
    <>
      {' '}
      at <Stamp at={at} />
    </>
  )

function Outcome({ standing, given }: { standing: Exclude<Standing, { kind: 'open' }>; given: Given }) {
  const words: Record<typeof standing.kind, ReactNode> = {
    mine: (
      <>
        <h2>You have it</h2>
        <p className="muted">
          Acknowledged
          <At at={standing.kind === 'mine' ? standing.at : null} />. Nobody else is called for it now.
        </p>
      </>
    ),
    taken: standing.kind === 'taken' && (
      <>
        <h2>{standing.by} has it</h2>
        <p className="muted">
          {standing.by} acknowledged it already
          <At at={standing.at} />. You need not do anything.
        </p>
      </>
    ),
    over: (
      <>
        <h2>It is over</h2>
        <p className="muted">Nobody needs to do anything about this page any more.</p>
      </>
    ),
  }
  return (
    <div className={styles.end} data-kind={standing.kind} role="status">
      {words[standing.kind]}
      {given.ticketNumber && (
        <Link to={paths.ticket(given.ticketNumber)} className={styles.link}>
          Open {given.ticketNumber}
        </Link>
      )}
    </div>
  )
}

function Why({ given }: { given: Given }) {
  const { why, before } = whyOf(given)
  return (
    <Panel title="Why you, why now" pad>
      <p className="muted">{why ?? 'This page has not turned to you by itself: the link was passed on.'}</p>
      {before.length > 0 && (
        <ul className={styles.before} aria-label="Before you">
          {before.map((one) => (
            <li key={`${one.round} ${one.step} ${one.user?.id ?? one.why}`}>
              <Stamp at={one.at} /> {one.user ? <b>{one.user.name}</b> : 'nobody'}{' '}
              <span className="faint">
                {one.user ? one.deliveries.map(({ channel }) => channel).join(', ') : one.why}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

type AckBodyProps = {
  given: Given
  standing: Standing
  busy: 'acknowledge' | 'pass' | undefined
  /** Why the last answer did not arrive. */
  notSent: unknown
  offline: boolean
  readAt: number
  send: (how: 'acknowledge' | 'pass') => void
}

/** The page as its person sees it: what, the two answers, why, what is known. */
export function AckBody({ given, standing, busy, notSent, offline, readAt, send }: AckBodyProps) {
  const { page, ticketNumber } = given
  const zone = useZone()
  const open = standing.kind === 'open'
  const level = levelOf(page.priority)
  useKeys(
    [
      { key: 'a', label: 'Acknowledge', run: () => send('acknowledge') },
      { key: 'P', label: 'Pass to the next person', run: () => open && standing.canPass && send('pass') },
    ],
    { when: open },
  )
  const known = page.lines.slice(underTitle)
  return (
    <>
      {offline && (
        <Callout tone="warn">
          <b>No connection.</b> What you see is from <Stamp at={readAt} />. It is tried again by itself; an answer needs
          a connection.
        </Callout>
      )}
      <section className={styles.what} data-level={level} aria-label="What it is about">
        <div className={styles.line}>
          {level && <Priority level={level} />}
          <span className="faint">
            {ticketNumber && `${ticketNumber} · `}
            <Stamp at={page.startedAt} /> {zoneName(zone)}
          </span>
        </div>
        <p className={styles.title}>{titleOf(given)}</p>
        {page.lines.slice(0, underTitle).map((line) => (
          <p key={line} className="muted">
            {line}
          </p>
        ))}
      </section>
      {standing.kind === 'open' ? (
        <div className={styles.acts}>
          {standing.passedAt && (
            <p role="status">
              You passed it to the next person
              <At at={standing.passedAt} />.
            </p>
          )}
          {page.state === 'exhausted' && <Callout tone="down">Nobody acknowledged, and everybody was called.</Callout>}
          {Boolean(notSent) && (
            <div role="alert">
              <Callout tone="down">
                <b>Not sent: nothing was acknowledged.</b> {notSent instanceof Error && notSent.message}
              </Callout>
            </div>
          )}
          <Button
            className={styles.act}
            variant="filled"
            loading={busy === 'acknowledge'}
            disabled={busy === 'pass'}
            rightSection={<Kbd k="a" />}
            aria-keyshortcuts="a"
            onClick={() => send('acknowledge')}
          >
            Acknowledge
          </Button>
          {standing.canPass && (
            <Button
              className={styles.act}
              loading={busy === 'pass'}
              disabled={busy === 'acknowledge'}
              rightSection={<Kbd k="P" />}
              aria-keyshortcuts="Shift+P"
              onClick={() => send('pass')}
            >
              Pass to the next person
            </Button>
          )}
          {page.next && (
            <p className="faint">
              <NextStep of={page.next} />
            </p>
          )}
        </div>
      ) : (
        <Outcome standing={standing} given={given} />
      )}
      <Why given={given} />
      {known.length + page.facts.length > 0 && (
        <Panel title="What is known" pad>
          <div className={styles.known}>
            {known.map((line) => (
              <p key={line}>{line}</p>
            ))}
            {page.facts.map(({ label, value }) => (
              <p key={label}>
                <span className="faint">{label}</span> {value}
              </p>
            ))}
          </div>
        </Panel>
      )}
      {open && ticketNumber && (
        <Link to={paths.ticket(ticketNumber)} className={styles.link}>
          Open {ticketNumber} (sign in)
        </Link>
      )}
      {standing.kind === 'open' && !standing.passedAt && (
        <p className={`faint ${styles.nothing}`}>Opening this page has acknowledged nothing.</p>
      )}
    </>
  )
}
