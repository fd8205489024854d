import { Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { paths } from '../paths.ts'
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

export function MeMenu({ me, onKeys }: { me: Me | undefined; onKeys: () => void }) {
  const navigate = useNavigate()
  const signOut = useSignOut()
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <button type="button" className={styles.me} aria-label={me ? `${me.name}: my settings` : 'My settings'}>
          {me && <Avatar name={me.name} you size={24} />}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {me && (
          <div className={styles.meName}>
            <b>{me.name}</b>
            <div className="faint clip">{me.email}</div>
          </div>
        )}
        <div className={styles.scheme}>
          <SchemeChoice />
        </div>
        <Menu.Item onClick={() => void navigate({ to: paths.contactMethods() })}>My contact methods</Menu.Item>
        <Menu.Item rightSection={<Kbd k="?" />} onClick={onKeys}>
          Keys of this page
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
