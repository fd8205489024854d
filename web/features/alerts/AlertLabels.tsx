import { TextInput } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import { useIsPhone } from '../../ui/list.ts'
import { Panel } from '../../ui/Panel.tsx'
import styles from './AlertLabels.module.css'

type Entry = readonly [name: string, value: string]

const Label = ({ entry: [name, value], top }: { entry: Entry; top?: number }) => (
  <div className={styles.label} style={top === undefined ? undefined : { transform: `translateY(${top}px)` }}>
    <span className="faint clip" title={name}>
      {name}
    </span>
    <code className="clip" title={value}>
      {value === '' ? '–' : value}
    </code>
  </div>
)

/** Up to so many stand there as they are; more scroll in a box and can be searched. */
const few = 24

/** The labels that its sender gave it; also ten thousand of them. */
export function AlertLabels({ labels }: { labels: Record<string, string> }) {
  const [words, setWords] = useState('')
  const all = Object.entries(labels)
  const wanted = words.trim().toLowerCase()
  const shown = all.filter((entry) => entry.some((text) => text.toLowerCase().includes(wanted)))
  if (all.length === 0) return null
  const many = all.length > few
  return (
    <Panel title="Labels" words={all.length.toLocaleString('en-GB')}>
      {many && (
        <div className={styles.search}>
          <TextInput
            aria-label="Find a label"
            placeholder="Find a name or a value"
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
        </div>
      )}
      {many ? (
        <Scrolling entries={shown} />
      ) : (
        <div className={styles.list}>
          {all.map((entry) => (
            <Label key={entry[0]} entry={entry} />
          ))}
        </div>
      )}
    </Panel>
  )
}

function Scrolling({ entries }: { entries: readonly Entry[] }) {
  const box = useRef<HTMLDivElement>(null)
  const row = useIsPhone() ? 44 : 30
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => box.current,
    estimateSize: () => row,
    overscan: 8,
  })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={box} className={styles.box} tabIndex={0} aria-label="All labels">
      {entries.length === 0 && <div className={`${styles.label} faint`}>No label has this in its name or value.</div>}
      <div className={styles.sizer} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const entry = entries[index]
          return entry && <Label key={entry[0]} entry={entry} top={start} />
        })}
      </div>
    </section>
  )
}
