import { Button, Checkbox, Popover } from '@mantine/core'
import { memo, useState } from 'react'
import styles from './ColumnsMenu.module.css'
import type { Choice } from './columns.ts'
import { useKeys } from './keys.ts'

type Props = {
  columns: readonly { title: string; main?: boolean }[]
  /** Those that are seen now. */
  shown: readonly { title: string }[]
  choice: Choice
  onChange: (choice: Choice) => void
}

const Bars = () => (
  <svg viewBox="0 0 14 14" width="14" height="14" fill="none" stroke="currentColor" strokeWidth="1.3" aria-hidden>
    <rect x="1.5" y="2" width="11" height="10" rx="1.5" />
    <path d="M5.2 2v10M8.8 2v10" />
  </svg>
)

/** At the head of a list: which of its columns the reader wants to see. The list draws for each key; this need not. */
export const ColumnsMenu = memo(function ColumnsMenu({ columns, shown, choice, onChange }: Props) {
  const [opened, setOpened] = useState(false)
  useKeys([{ key: 'Escape', label: 'Close the choice of columns', kind: 'move', run: () => setOpened(false) }], {
    level: 'dialog',
    when: opened,
  })
  return (
    <div className={styles.corner}>
      <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus returnFocus>
        <Popover.Target>
          <button
            type="button"
            className={styles.button}
            aria-label="Columns"
            title="Columns"
            onClick={() => setOpened(!opened)}
          >
            <Bars />
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Columns" className={styles.menu}>
          <div className="faint">Columns</div>
          {columns
            .filter(({ main }) => !main)
            .map(({ title }) => {
              const seen = shown.some((one) => one.title === title)
              return (
                <Checkbox
                  key={title}
                  label={title}
                  checked={choice[title] ?? seen}
                  description={choice[title] && !seen ? 'no room for it now' : undefined}
                  onChange={(event) => onChange({ ...choice, [title]: event.currentTarget.checked })}
                />
              )
            })}
          <Button disabled={Object.keys(choice).length === 0} onClick={() => onChange({})}>
            As delivered
          </Button>
        </Popover.Dropdown>
      </Popover>
    </div>
  )
})
