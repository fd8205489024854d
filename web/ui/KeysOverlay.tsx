import { Switch } from '@mantine/core'
import { Dialog } from './Dialog.tsx'
import { Kbd } from './Kbd.tsx'
import styles from './KeysOverlay.module.css'
import { type Binding, useSingleKeys } from './keys.ts'

const groups = [
  { kind: 'do', title: 'Do' },
  { kind: 'move', title: 'Move' },
  { kind: 'go', title: 'Go' },
] as const

/** The keys of this page, out of the table which binds them (taken when the overlay opens, because it has keys of its own). */
export function KeysOverlay({
  opened,
  onClose,
  table,
}: {
  opened: boolean
  onClose: () => void
  table: readonly Binding[]
}) {
  const [on, set] = useSingleKeys()
  const seen = new Set<string>()
  const bound = table.filter(({ key }) => key && !seen.has(key) && seen.add(key))
  return (
    <Dialog opened={opened} onClose={onClose} title="Keys of this page" wide>
      <div className={styles.groups}>
        {groups.map(({ kind, title }) => {
          const rows = bound.filter((binding) => (binding.kind ?? 'do') === kind)
          return (
            rows.length > 0 && (
              <section key={kind}>
                <h3 className="faint">{title}</h3>
                <dl className={styles.keys}>
                  {rows.map(({ key = '', label }) => (
                    <div key={key}>
                      <dt>{label}</dt>
                      <dd>
                        <span className="sr-only">{key}</span>
                        <Kbd k={key} />
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            )
          )
        })}
      </div>
      <Switch
        className={styles.single}
        checked={on}
        onChange={(event) => set(event.currentTarget.checked)}
        label="Single keys act"
        description="Off: only keys with Ctrl do something. For those who speak to their computer, or press keys by accident."
      />
    </Dialog>
  )
}
