import { Popover } from '@mantine/core'
import { useDisclosure, useLocalStorage } from '@mantine/hooks'
import { useMe } from '../../parts/frame-data.ts'
import { Choices } from '../../ui/Chip.tsx'
import { ariaKey, Kbd } from '../../ui/Kbd.tsx'
import { useKeys } from '../../ui/keys.ts'
import { localZone, zoneName } from '../../ui/time.ts'
import { ZoneSelect } from '../../ui/ZoneSelect.tsx'
import styles from './oncall.module.css'

const KEY = 'watchfloor.oncall.zone'

/** The zone in which calendars are shown: chosen here and kept on this machine, else the reader's own. */
export const useShownZone = (): [zone: string, own: string, set: (zone: string) => void] => {
  const own = useMe().data?.zone ?? localZone()
  const [stored, store] = useLocalStorage({ key: KEY, defaultValue: '', getInitialValueInEffect: false })
  return [stored || own, own, (zone) => store(zone === own ? '' : zone)]
}

/** Says in which zone times are shown, and lets one choose: one's own, those of the schedules and people, or any. */
export function ZoneChooser({
  zone,
  own,
  near,
  onChange,
}: {
  zone: string
  own: string
  near: readonly string[]
  onChange: (zone: string) => void
}) {
  const [opened, { toggle, close }] = useDisclosure()
  useKeys([{ key: 'w', label: 'Show the times of another place', run: toggle }])
  const choose = (next: string) => {
    close()
    onChange(next)
  }
  const offered = [...new Set([own, ...near])].slice(0, 8)
  return (
    <Popover
      opened={opened}
      onChange={(next) => !next && close()}
      position="bottom-start"
      width={280}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button type="button" className={styles.zone} onClick={toggle} aria-keyshortcuts={ariaKey('w')}>
          shown in {zoneName(zone)}
          {zone === own ? '' : ', not your own'} <Kbd k="w" />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Show the times of">
        <div className={styles.zones}>
          <Choices
            label="Places near"
            value={zone}
            of={offered.map((one) => ({ value: one, label: one === own ? `${zoneName(one)}, yours` : zoneName(one) }))}
            onChange={choose}
          />
          <ZoneSelect label="Any other" value={zone} onChange={choose} />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
