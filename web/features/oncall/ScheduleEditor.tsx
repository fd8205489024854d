import { Button, Select, TextInput } from '@mantine/core'
import { useRef } from 'react'
import { slugOf } from '../../../contract/slug.ts'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { useFirstField } from '../../ui/focus.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { ZoneSelect } from '../../ui/ZoneSelect.tsx'
import { useMayFor, usePeople, useTeams } from './data.ts'
import { type Draft, type DraftLayer, moved, newLayer } from './draft.ts'
import styles from './editor.module.css'
import { LayerEditor } from './LayerEditor.tsx'

type Props = {
  draft: Draft
  onChange: (draft: Draft) => void
  isNew: boolean
  now: number
  /** Sentences by field: 'name', 'layers.0.participants'. */
  problems: Readonly<Record<string, string | undefined>>
  failed: string | undefined
}

const below = (problems: Props['problems'], index: number): Record<string, string> => {
  const start = `layers.${index}`
  const entries = Object.entries(problems).flatMap(([field, words]) => {
    if (!words || (field !== start && !field.startsWith(`${start}.`))) return []
    return [[field.slice(start.length + 1).split('.')[0] ?? '', words] as const]
  })
  return Object.fromEntries(entries)
}

/** What a schedule is made of: its name, team and zone, and its layers, the uppermost first. */
export function ScheduleEditor({ draft, onChange, isNew, now, problems, failed }: Props) {
  const form = useRef<HTMLDivElement>(null)
  useFirstField(form)
  const people = usePeople()
  const teams = useTeams()
  const mayFor = useMayFor('schedule.write')
  const own = teams.data?.items.filter(({ id }) => !mayFor(id)) ?? []
  const team = teams.data?.items.find(({ id }) => id === draft.teamId)
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part })
  const setLayer = (key: number, layer: DraftLayer) =>
    set({ layers: draft.layers.map((one) => (one.key === key ? layer : one)) })
  const rename = (name: string) =>
    set(isNew && draft.slug === slugOf(draft.name) ? { name, slug: slugOf(name) } : { name })
  const chooseTeam = (id: string | null) => {
    const next = teams.data?.items.find((one) => one.id === id)
    set({ teamId: id, ...(isNew && next && !draft.teamId && { zone: next.zone }) })
  }
  const count = draft.layers.length
  const shown = draft.layers.map((layer, index) => ({ layer, index })).toReversed()
  return (
    <Panel title={isNew ? 'The schedule' : 'Change it'} words={isNew ? undefined : 'from now on; the past stays'} pad>
      <div ref={form} className={styles.form}>
        <div className={styles.pair}>
          <TextInput
            label="Name"
            placeholder="L2 markets"
            value={draft.name}
            maxLength={120}
            onChange={(event) => rename(event.currentTarget.value)}
            error={problems.name}
          />
          <Select
            label="Team"
            placeholder="Whose schedule it is"
            data={own.map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.teamId}
            onChange={chooseTeam}
            error={problems.teamId}
            {...findByTyping}
          />
        </div>
        <div className={styles.pair}>
          <ZoneSelect
            label="Hand-overs by the clocks of"
            value={draft.zone}
            onChange={(zone) => set({ zone })}
            error={problems.zone}
          />
          {isNew && (
            <TextInput
              label="Short name"
              description="Files and commands name the schedule by it."
              value={draft.slug}
              maxLength={63}
              onChange={(event) => set({ slug: event.currentTarget.value })}
              error={problems.slug}
              classNames={{ input: 'mono' }}
            />
          )}
        </div>
        {count > 1 && (
          <div className="faint">The upper layer has it while it covers; what it leaves falls to the one below.</div>
        )}
        {shown.map(({ layer, index }, place) => (
          <LayerEditor
            key={layer.key}
            layer={layer}
            onChange={(next) => setLayer(layer.key, next)}
            onMove={(by) => set({ layers: moved(draft.layers, index, -by) })}
            onRemove={() => set({ layers: draft.layers.filter(({ key }) => key !== layer.key) })}
            place={place + 1}
            of={count}
            people={people.data ?? []}
            team={team}
            zone={draft.zone}
            problems={below(problems, index)}
          />
        ))}
        <div>
          <Button
            disabled={count >= 10}
            onClick={() => set({ layers: [...draft.layers, newLayer(`Layer ${count + 1}`, now, draft.zone)] })}
          >
            Add a layer on top
          </Button>
        </div>
        {failed && (
          <div role="alert">
            <Callout tone="down">{failed}</Callout>
          </div>
        )}
      </div>
    </Panel>
  )
}
