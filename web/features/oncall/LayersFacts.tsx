import { Panel } from '../../ui/Panel.tsx'
import type { Person, Schedule } from './data.ts'
import { hoursWords, turnWords } from './layer-words.ts'
import styles from './oncall.module.css'
import { listWords } from './words.ts'

/** The layers of a schedule in words, the uppermost first. */
export function LayersFacts({ schedule, people }: { schedule: Schedule; people: readonly Person[] }) {
  const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? 'somebody who left'
  const layers = schedule.layers.toReversed()
  return (
    <Panel title="Layers" words={layers.length > 1 ? 'the upper one has it while it covers' : undefined}>
      <ul className={styles.list}>
        {layers.map((layer) => (
          <li key={layer.id} className={styles.decision}>
            <b>{layer.name}</b>
            {layer.participants.length === 0 && <div className={styles.nobody}>Nobody takes turns in it.</div>}
            {layer.participants.length === 1 && <div>{nameOf(layer.participants[0] ?? '')}</div>}
            {layer.participants.length > 1 && (
              <>
                <div>{listWords(layer.participants.map(nameOf))}, in turns</div>
                <div className="muted">Somebody takes over {turnWords(layer, schedule.zone)}.</div>
              </>
            )}
            <div className="muted">Covers {hoursWords(layer.restrictions ?? [])}.</div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
