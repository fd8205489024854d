import { ActionIcon, NumberInput, Select, TextInput } from '@mantine/core'
import { zoneName } from '../../ui/time.ts'
import { WhenField } from '../../ui/UntilField.tsx'
import type { Person } from './data.ts'
import type { DraftLayer } from './draft.ts'
import styles from './editor.module.css'
import { HoursField } from './Hours.tsx'
import { turnWords } from './layer-words.ts'
import { Participants } from './Participants.tsx'

type Props = {
  layer: DraftLayer
  onChange: (layer: DraftLayer) => void
  onMove: ((by: 1 | -1) => void) | undefined
  onRemove: (() => void) | undefined
  /** 1 is the uppermost. */
  place: number
  of: number
  people: readonly Person[]
  team: { id: string; name: string } | undefined
  zone: string
  /** Sentences by field: 'participants', 'startsAt', or '' for the layer as a whole. */
  problems: Readonly<Record<string, string>>
}

const kinds = [
  { value: 'hourly', label: 'hours' },
  { value: 'daily', label: 'days' },
  { value: 'weekly', label: 'weeks' },
  { value: 'monthly', label: 'months' },
]

/** A layer: who takes turns, how long a turn is, when somebody takes over, and in which hours it covers. */
export function LayerEditor({ layer, onChange, onMove, onRemove, place, of, people, team, zone, problems }: Props) {
  const set = (part: Partial<DraftLayer>) => onChange({ ...layer, ...part })
  const name = layer.name || `layer ${place}`
  return (
    <fieldset className={styles.layer} aria-label={`Layer ${name}`}>
      <div className={styles.head}>
        <TextInput
          label={of > 1 ? `Layer ${place} of ${of}${place === 1 ? ', on top' : ''}` : 'Layer'}
          value={layer.name}
          maxLength={80}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={problems.name}
        />
        {of > 1 && (
          <>
            <ActionIcon aria-label={`Move ${name} up`} disabled={place === 1} onClick={() => onMove?.(-1)}>
              ↑
            </ActionIcon>
            <ActionIcon aria-label={`Move ${name} down`} disabled={place === of} onClick={() => onMove?.(1)}>
              ↓
            </ActionIcon>
            <ActionIcon aria-label={`Remove ${name}`} onClick={onRemove}>
              ×
            </ActionIcon>
          </>
        )}
      </div>
      <div className={styles.turn}>
        <NumberInput
          label="A turn is"
          min={1}
          max={1000}
          allowDecimal={false}
          clampBehavior="none"
          value={layer.every ?? ''}
          onChange={(next) => set({ every: typeof next === 'number' ? next : undefined })}
          error={problems.every}
        />
        <Select
          label="long, in"
          data={kinds}
          value={layer.kind}
          onChange={(kind) => kind && set({ kind: kind as DraftLayer['kind'] })}
        />
        <WhenField
          label={`A hand-over, ${zoneName(zone)} time`}
          zone={zone}
          value={layer.startsAt}
          onChange={(wall) => set({ startsAt: wall.slice(0, 16) })}
          error={problems.startsAt}
        />
      </div>
      <div className="faint">
        {layer.every && layer.startsAt
          ? `Somebody takes over ${turnWords({ ...layer, every: layer.every }, zone)}, before and after this hand-over too.`
          : 'Any hand-over will do: the others follow from it.'}
      </div>
      <Participants
        label="Who takes turns, in this order"
        value={layer.participants}
        onChange={(participants) => set({ participants })}
        {...{ people, team, zone }}
        error={problems.participants}
      />
      <HoursField
        value={layer.restrictions}
        onChange={(restrictions) => set({ restrictions })}
        error={problems.restrictions}
      />
      {problems[''] && (
        <div role="alert" className={styles.wrong}>
          {problems['']}
        </div>
      )}
    </fieldset>
  )
}
