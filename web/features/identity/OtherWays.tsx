import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useAct } from '../../parts/use-act.ts'
import { Callout } from '../../ui/States.tsx'
import styles from './Bare.module.css'
import { passkeysWork, providerAddress, signInByPasskey } from './sign-in-requests.ts'

/** Signing in without a password: by a passkey of this device, or through the company. */
export function OtherWays({ provider, then, onDone }: { provider: string | null; then: string; onDone: () => void }) {
  const passkey = useAct(signInByPasskey, { fields: [], done: onDone })
  const address = useQuery({
    queryKey: ['provider-address', then],
    queryFn: () => providerAddress(then),
    enabled: provider !== null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!provider && !passkeysWork()) return null
  return (
    <>
      <p className={styles.or}>or</p>
      {provider && (
        <Button component="a" href={address.data ?? '#'} className={styles.send}>
          Sign in with {provider}
        </Button>
      )}
      {passkeysWork() && (
        <Button className={styles.send} loading={passkey.busy} onClick={() => passkey.run(undefined)}>
          Sign in with a passkey
        </Button>
      )}
      {passkey.failed && (
        <div role="alert">
          <Callout tone="down">{passkey.failed}</Callout>
        </div>
      )}
    </>
  )
}
