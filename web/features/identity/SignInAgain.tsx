import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { frameKeys, useMe } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { useKeys } from '../../ui/keys.ts'
import bare from './Bare.module.css'
import { CodeForm } from './CodeForm.tsx'
import styles from './identity.module.css'
import { OtherWays } from './OtherWays.tsx'
import { PasswordSignIn } from './PasswordSignIn.tsx'
import { type Given, readWays } from './sign-in-requests.ts'

/**
 * Over the whole page when its session has ended: nobody reads on, and what somebody was writing is still there when he
 * has signed in again.
 */
export function SignInAgain() {
  const me = useMe().data
  const client = useQueryClient()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const ways = useQuery({ queryKey: ['ways-in'], queryFn: readWays, staleTime: Number.POSITIVE_INFINITY })
  const [given, set] = useState<Given>({ email: me?.email ?? '', password: '' })
  const [asksCode, askCode] = useState(false)
  useKeys([], { level: 'dialog' })
  useLayoutEffect(() => {
    const shown = dialog.current
    const before = document.activeElement
    shown?.showModal()
    // The address is known.
    shown?.querySelector<HTMLElement>('input[name="password"]')?.focus()
    return () => {
      shown?.close()
      // The field in which somebody wrote has the focus again by that, but no caret: what is typed would go nowhere.
      setTimeout(() => {
        if (
          !(before instanceof HTMLElement) ||
          ![before, document.body].includes(document.activeElement as HTMLElement)
        )
          return
        before.blur()
        before.focus()
      })
    }
  }, [])
  useEffect(() => {
    // Somebody may have signed in in another window meanwhile.
    const look = () => void client.refetchQueries({ queryKey: frameKeys.me })
    window.addEventListener('focus', look)
    return () => window.removeEventListener('focus', look)
  }, [client])
  const done = async () => {
    // First who it is: for somebody else the page begins anew.
    await client.refetchQueries({ queryKey: frameKeys.me })
    void client.invalidateQueries()
  }
  return (
    <dialog
      ref={dialog}
      className={styles.again}
      aria-labelledby={title}
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => event.key === 'Escape' && event.preventDefault()}
      // A browser that is asked twice closes it all the same.
      onClose={() => dialog.current?.showModal()}
      // Escape would close the dialog below as well, with what was written in it.
      onFocus={({ target }) => target.setAttribute('data-mantine-stop-propagation', 'true')}
    >
      <div className={bare.column}>
        <p className={bare.brand}>
          <i aria-hidden="true" />
          Watchfloor
        </p>
        <div className={bare.panel}>
          <h2 id={title}>{asksCode ? 'One more step' : 'Sign in again'}</h2>
          <p className="muted">
            {asksCode
              ? 'Enter the six digits that your app shows now, or one of your recovery codes.'
              : 'Your session has ended. What you were writing is still there: you go on where you were.'}
          </p>
          {asksCode ? (
            <CodeForm given={given} onDone={() => void done()} onBack={() => askCode(false)} />
          ) : (
            <>
              <PasswordSignIn given={given} set={set} onDone={() => void done()} onCode={() => askCode(true)} />
              <OtherWays
                provider={ways.data?.provider ?? null}
                then={`${location.pathname}${location.search}`}
                onDone={() => void done()}
              />
            </>
          )}
        </div>
        <p className={`faint ${bare.foot}`}>
          {me ? `You are not ${me.name}? ` : ''}
          <a href={paths.signIn()}>Begin anew</a>
        </p>
      </div>
    </dialog>
  )
}
