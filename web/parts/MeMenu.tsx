import { Popover, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { paths } from '../paths.ts'
import { type Density, useDensity } from '../ui/density.ts'
import { Kbd } from '../ui/Kbd.tsx'
import { Avatar } from '../ui/Marks.tsx'
import { toastError } from '../ui/toast.ts'
import styles from './Frame.module.css'
import { type Me, useFrameApi } from './frame-data.ts'

type Scheme = 'light' | 'dark' | 'auto'

/** Light, dark, or as the system has it; kept on this machine. */
export function SchemeChoice() {
  // Without keepTransitions Mantine injects a <style>, which the Content-Security-Policy forbids.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  return (
    <SegmentedControl
      fullWidth
      aria-label="Colours"
      value={colorScheme}
      onChange={(next) => setColorScheme(next as Scheme)}
      data={[
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
        { value: 'auto', label: 'As the system' },
      ]}
    />
  )
}

/** How many rows one wants to see at once; kept on this machine. */
function DensityChoice() {
  const [density, set] = useDensity()
  return (
    <SegmentedControl
      fullWidth
      aria-label="Rows"
      value={density}
      onChange={(next) => set(next as Density)}
      data={[
        { value: 'normal', label: 'Normal rows' },
        { value: 'dense', label: 'Dense rows' },
      ]}
    />
  )
}

/** Ends the session and forgets everything that was read in it. */
export const useSignOut = (): (() => Promise<void>) => {
  const api = useFrameApi()
  const client = useQueryClient()
  return async () => {
    try {
      await api.signOut()
      client.clear()
      // A whole new page, so that nothing of the session stays in memory.
      location.assign(paths.signIn())
    } catch (error) {
      toastError(error)
    }
  }
}

/** Myself: colours, where I am reached, the way out; for the desk (`onKeys`) the density of lists and the keys as well. */
export function MeMenu({ me, onKeys }: { me: Me | undefined; onKeys?: () => void }) {
  const navigate = useNavigate()
  const signOut = useSignOut()
  const [opened, { toggle, close }] = useDisclosure()
  const entry = (label: ReactNode, run: () => void) => (
    <button
      type="button"
      className={styles.meEntry}
      onClick={() => {
        close()
        run()
      }}
    >
      {label}
    </button>
  )
  return (
    <Popover
      opened={opened}
      onChange={(next) => !next && close()}
      position="bottom-end"
      width={248}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button
          type="button"
          className={styles.me}
          onClick={toggle}
          aria-label={me ? `${me.name}: my settings` : 'My settings'}
        >
          {me && <Avatar name={me.name} you size={24} />}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.meMenu} aria-label="My settings">
        {me && (
          <div className={styles.meName}>
            <b>{me.name}</b>
            <div className="faint clip">{me.email}</div>
          </div>
        )}
        <SchemeChoice />
        {onKeys && <DensityChoice />}
        <div className={styles.meEntries}>
          {entry('My contact methods', () => void navigate({ to: paths.contactMethods() }))}
          {onKeys &&
            entry(
              <>
                Keys of this page <Kbd k="?" />
              </>,
              onKeys,
            )}
          {entry('Sign out', () => void signOut())}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
