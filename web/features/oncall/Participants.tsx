import { ActionIcon, Button } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { zoneName } from '../../ui/time.ts'
import type { Person } from './data.ts'
import { moved } from './draft.ts'
import styles from './editor.module.css'
import { PersonPick } from './PersonPick.tsx'

type Props = {
  label: string
  value: readonly string[]
  onChange: (participants: readonly string[]) => void
  people: readonly Person[]
  team: { id: string; name: string } | undefined
  zone: string
  error?: string | undefined
}

/** Who takes turns, in order: dragged by the handle, or moved by the arrow keys on it. */
export function Participants({ label, value, onChange, people, team, zone, error }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const [dragged, setDragged] = useState<number>()
  const personOf = (id: string) => people.find((one) => one.id === id)
  const ours = people.filter(({ id, teams }) => !value.includes(id) && teams.some((one) => one.id === team?.id))
  const move = (from: number, by: number) => {
    onChange(moved(value, from, by))
    const to = Math.min(Math.max(from + by, 0), value.length - 1)
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('[data-handle]')[to]?.focus())
  }
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    move(index, by)
  }
  return (
    <div className={styles.participants}>
      <div className={styles.caption}>{label}</div>
      {value.length > 0 && (
        <ol ref={list} className={styles.turns} aria-label={label}>
          {value.map((id, index) => {
            const person = personOf(id)
            const name = person?.name ?? 'somebody who left'
            return (
              <li
                // biome-ignore lint/suspicious/noArrayIndexKey: the same person may take two turns
                key={`${id} ${index}`}
                data-over={(dragged !== undefined && dragged !== index) || undefined}
                onDragOver={(event) => dragged !== undefined && event.preventDefault()}
                onDrop={() => {
                  if (dragged !== undefined) onChange(moved(value, dragged, index - dragged))
                  setDragged(undefined)
                }}
              >
                <button
                  type="button"
                  data-handle
                  className={styles.handle}
                  draggable
                  onDragStart={(event) => {
                    event.dataTransfer.effectAllowed = 'move'
                    setDragged(index)
                  }}
                  onDragEnd={() => setDragged(undefined)}
                  onKeyDown={(event) => onKeyDown(event, index)}
                  aria-label={`${name}, turn ${index + 1} of ${value.length}. The arrow keys move it.`}
                  title="Drag, or move with the arrow keys"
                >
                  ⠿
                </button>
                <span className="faint num">{index + 1}</span>
                <span className="clip">{name}</span>
                {person && person.zone !== zone && <span className="faint clip">{zoneName(person.zone)}</span>}
                <span className={styles.end}>
                  <ActionIcon aria-label={`Move ${name} up`} disabled={index === 0} onClick={() => move(index, -1)}>
                    ↑
                  </ActionIcon>
                  <ActionIcon
                    aria-label={`Move ${name} down`}
                    disabled={index === value.length - 1}
                    onClick={() => move(index, 1)}
                  >
                    ↓
                  </ActionIcon>
                  <ActionIcon
                    aria-label={`Take ${name} out`}
                    onClick={() => onChange(value.filter((_, place) => place !== index))}
                  >
                    ×
                  </ActionIcon>
                </span>
              </li>
            )
          })}
        </ol>
      )}
      <div className={styles.adding}>
        <PersonPick
          label="Add somebody"
          adds
          people={people}
          value={null}
          onChange={(id) => id && onChange([...value, id])}
          team={team}
          placeholder="Type a name"
          hint={(person) => (person.zone === zone ? undefined : zoneName(person.zone))}
          error={error}
        />
        {value.length === 0 && ours.length > 1 && (
          <Button onClick={() => onChange(ours.map(({ id }) => id))}>All of {team?.name}</Button>
        )}
      </div>
    </div>
  )
}
