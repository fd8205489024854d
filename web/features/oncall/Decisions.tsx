import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Status } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import type { ClockNote } from './clock-notes.ts'
import { freeThen } from './consequences.ts'
import type { Person, Rota } from './data.ts'
import type { Decision } from './decisions.ts'
import type { Asked } from './OverrideForm.tsx'
import styles from './oncall.module.css'
import { elsewhere, touchesNight } from './words.ts'

type Props = {
  decisions: readonly Decision[]
  notes: readonly ClockNote[]
  rotas: readonly Rota[]
  people: readonly Person[]
  zone: string
  whyNot: (teamId: string) => string | undefined
  onAsk: (asked: Asked) => void
}

const MOST = 6

/** Of the schedule's team, somebody who is on call nowhere in that time. */
const freeOf = ({ rota, gap }: Decision, rotas: readonly Rota[], people: readonly Person[]): Person | undefined =>
  gap &&
  freeThen(
    people.filter(({ teams }) => teams.some(({ id }) => id === rota.team.id)),
    rotas,
    gap,
  )[0]

function One({ decision, k, ...props }: Props & { decision: Decision; k: string | undefined }) {
  const { rota, gap, tone, title, words } = decision
  const not = props.whyNot(rota.team.id)
  const free = freeOf(decision, props.rotas, props.people)
  const asked = gap && { scheduleId: rota.schedule.id, ...gap }
  return (
    <li className={styles.decision}>
      <Status tone={tone}>
        <b>{title}</b>
      </Status>
      <div className="muted">
        {words.join(' ')}
        {free && gap && ` ${free.name} is free then${away(free, gap, props.zone)}.`}
      </div>
      {asked && (
        <div className={styles.acts}>
          {free && (
            <Button disabled={Boolean(not)} title={not} onClick={() => props.onAsk({ ...asked, addUserId: free.id })}>
              Put {free.name} on call
            </Button>
          )}
          <Button
            disabled={Boolean(not)}
            title={not}
            onClick={() => props.onAsk(asked)}
            aria-keyshortcuts={k}
            rightSection={k && <Kbd k={k} />}
          >
            Choose…
          </Button>
        </div>
      )}
      {!asked && <Link to={paths.schedule(rota.schedule.id)}>Its hours</Link>}
    </li>
  )
}

const away = (person: Person, gap: { from: number; to: number }, zone: string): string => {
  if (person.zone === zone) return ''
  return ` (${elsewhere(gap, person.zone)}${touchesNight(gap, person.zone) ? ', partly at night' : ''})`
}

/** What the next seven days ask of a person: gaps and who could fill them, and clocks that change. */
export function Decisions(props: Props) {
  const { decisions, notes, whyNot, onAsk } = props
  const first = decisions.find(({ gap, rota }) => gap && !whyNot(rota.team.id))
  useKeys(
    [
      {
        key: 'f',
        label: 'Choose somebody for the first gap',
        run: () => first?.gap && onAsk({ scheduleId: first.rota.schedule.id, ...first.gap }),
      },
    ],
    { when: first !== undefined },
  )
  const more = decisions.length - MOST
  return (
    <Panel title="Needs a decision" words="in the next 7 days">
      <ul className={styles.list}>
        {decisions.slice(0, MOST).map((decision) => (
          <One key={decision.id} {...props} decision={decision} k={decision === first ? 'f' : undefined} />
        ))}
        {more > 0 && <li className={styles.decision}>And {more} more, in the calendar above.</li>}
        {decisions.length === 0 && (
          <li className={styles.decision}>
            <Status tone="ok">Nothing: somebody is on call whenever a schedule means it.</Status>
          </li>
        )}
        {notes.map((note) => (
          <li key={note.at} className={styles.decision}>
            <Status tone="warn">{note.title}</Status>
            {note.lines.map((line) => (
              <div key={line} className="muted">
                {line}
              </div>
            ))}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
