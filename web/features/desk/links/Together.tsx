import { Button } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { TicketDetail } from '../../../../contract/desk/shapes.ts'
import { api } from '../../../api.ts'
import { paths } from '../../../paths.ts'
import { useKeys } from '../../../ui/keys.ts'
import { rowsOf } from '../../../ui/list.ts'
import { Priority } from '../../../ui/Marks.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { Stamp } from '../../../ui/Time.tsx'
import type { Reader } from '../data.ts'
import { useActs } from '../use-acts.ts'
import type { Runnable } from '../use-verbs.tsx'
import { VerbButtons } from '../VerbRow.tsx'
import { capital, counted, isOpen, stateWords } from '../words.ts'
import { type Linked, type Links, useChildren, useLinks } from './data.ts'
import styles from './links.module.css'

const Line = ({ of, words, right }: { of: Linked; words?: string; right?: ReactNode }) => (
  <li className={styles.line}>
    <Priority level={of.priority} />
    <span className={styles.what}>
      {words && <span className="muted">{words} </span>}
      <Link to={paths.ticket(of.number)} className="mono">
        {of.number}
      </Link>{' '}
      <span className={isOpen(of.state) ? undefined : 'faint'}>{of.title}</span>
      <span className="faint"> {[of.requester?.name, stateWords[of.state]].filter(Boolean).join(', ')}</span>
    </span>
    {right}
  </li>
)

const Remove = ({ label, run }: { label: string; run: () => void }) => (
  <Button variant="subtle" size="compact-xs" aria-label={label} title={label} onClick={run}>
    ×
  </Button>
)

/** What a ticket has to do with others: where it goes on, its parent, links, children, and who else called. */
export function Together({
  ticket,
  reader,
  runnables,
}: {
  ticket: TicketDetail
  reader: Reader
  runnables: readonly Runnable[]
}) {
  const { number } = ticket
  const found = useLinks(number, true)
  const navigate = useNavigate()
  const acts = useActs(reader)
  const may = ticket.can.addCaller.ok
  // Whoever is asked on the phone while a ticket is open means that ticket at first.
  useKeys(
    [{ key: 'p', label: `Log a call about ${number}`, run: () => void navigate({ to: paths.phoneLog(number) }) }],
    {
      when: may,
    },
  )
  const links = found.data
  const unlink = (kind: Links['links'][number]['kind'], from: string, to: string) =>
    void acts({
      numbers: [from],
      act: (id) => api.desk.unlink({ id, kind, to }),
      said: () => `The link between ${from} and ${to} is gone.`,
    })
  const merged = ticket.mergedInto
  const others = links?.links.filter((one) => !(merged && one.merged && one.ticket.number === merged.number)) ?? []
  const some = merged || others.length > 0 || links?.parent
  const mayLink = runnables.some(({ verb, not }) => !not && ['link', 'merge', 'parent', 'help'].includes(verb.name))
  if (!some && !links?.children.total && !links?.callers.length && !mayLink) return null
  return (
    <Panel
      title="Belongs together"
      words={links && countsOf(links, ticket)}
      foot={mayLink && <VerbButtons runnables={runnables} of={['link', 'merge', 'parent', 'help']} />}
    >
      {some && (
        <ul className={styles.lines}>
          {merged && (
            <li className={styles.line}>
              <span className={styles.what}>
                It was merged into{' '}
                <Link to={paths.ticket(merged.number)} className="mono">
                  {merged.number}
                </Link>
                , which goes on in its place.
              </span>
              {ticket.can.unmerge.ok && (
                <Button
                  size="compact-sm"
                  onClick={() =>
                    void acts({
                      numbers: [merged.number],
                      act: (id) => api.desk.unmerge({ id, tickets: [number] }),
                      said: () => `${number} is handled on its own again.`,
                    })
                  }
                >
                  Take it back
                </Button>
              )}
            </li>
          )}
          {links?.parent && (
            <Line
              of={links.parent}
              words="Child of"
              right={
                <Remove
                  label={`Take ${number} away from ${links.parent.number}`}
                  run={() => unlink('child_of', number, links.parent?.number ?? '')}
                />
              }
            />
          )}
          {others.map((one) => (
            <Line
              key={`${one.kind} ${one.way} ${one.ticket.id}`}
              of={one.ticket}
              words={one.merged ? 'Merged in:' : capital(one.words)}
              right={
                one.merged ? undefined : (
                  <Remove
                    label={`Take away: ${one.words} ${one.ticket.number}`}
                    run={() =>
                      one.way === 'out'
                        ? unlink(one.kind, number, one.ticket.number)
                        : unlink(one.kind, one.ticket.number, number)
                    }
                  />
                )
              }
            />
          ))}
        </ul>
      )}
      {links && links.children.total > 0 && <Children number={number} of={links.children} />}
      {links && links.callers.length > 0 && <Callers of={links.callers} number={number} reader={reader} />}
    </Panel>
  )
}

const countsOf = ({ children, callers }: Links, { marks }: TicketDetail): string => {
  const known = (marks.callers as { count?: number } | undefined)?.count ?? 0
  const count = Math.max(known, callers.length)
  return [
    count > 0 && counted(count, 'caller'),
    children.total > 0 &&
      (children.total > 1000 ? 'more than 1,000 children' : counted(children.total, 'child', 'children')),
  ]
    .filter(Boolean)
    .join(', ')
}

const shownAtFirst = 5

/** The children, newest first; all of them when one asks. */
function Children({ number, of }: { number: string; of: Links['children'] }) {
  const [all, setAll] = useState(false)
  const found = useChildren(number, true)
  const rows = rowsOf(found.data) ?? []
  const shown = all ? rows : rows.slice(0, shownAtFirst)
  const states = of.states.map(({ state, count }) => `${count.toLocaleString('en-GB')} ${stateWords[state]}`).join(', ')
  return (
    <section aria-label={`Children of ${number}`}>
      <h3 className={styles.head}>
        Children <span className="faint">{states}</span>
      </h3>
      <ul className={styles.lines}>
        {shown.map((child) => (
          <Line key={child.id} of={child} />
        ))}
      </ul>
      {(shown.length < rows.length || found.hasNextPage) && (
        <div className={styles.more}>
          <Button
            size="compact-sm"
            loading={found.isFetchingNextPage}
            onClick={() => (all ? void found.fetchNextPage() : setAll(true))}
          >
            {all ? 'Show more' : `Show more of ${counted(of.total, 'child', 'children')}`}
          </Button>
        </div>
      )}
    </section>
  )
}

/** Who called without having a ticket of his own, and what was said. */
function Callers({ of, number, reader }: { of: Links['callers']; number: string; reader: Reader }) {
  const [all, setAll] = useState(false)
  const acts = useActs(reader)
  return (
    <section aria-label={`Calls about ${number}`}>
      <h3 className={styles.head}>Calls</h3>
      <ul className={styles.lines}>
        {(all ? of : of.slice(0, shownAtFirst)).map((call) => (
          <li key={call.id} className={styles.line}>
            <span className={styles.what}>
              <span className="faint">
                <Stamp at={call.at} />
              </span>{' '}
              {[call.person?.name, call.unit?.name].filter(Boolean).join(', ') || 'Somebody'}
              {call.words && <span className="muted">: {call.words}</span>}
            </span>
            <Remove
              label={`Take this call away: ${call.words}`}
              run={() =>
                void acts({
                  numbers: [number],
                  act: (id) => api.desk.removeCaller({ id, callerId: call.id }),
                  said: () => 'The call is not counted any more.',
                })
              }
            />
          </li>
        ))}
      </ul>
      {!all && of.length > shownAtFirst && (
        <div className={styles.more}>
          <Button size="compact-sm" onClick={() => setAll(true)}>
            Show all {of.length} calls
          </Button>
        </div>
      )}
    </section>
  )
}
