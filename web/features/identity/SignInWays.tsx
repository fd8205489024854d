import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, query } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { Act } from '../../ui/Act.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { AddPasskey } from './AddPasskey.tsx'
import styles from './identity.module.css'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { SetUpApp } from './SetUpApp.tsx'
import { passkeysWork } from './sign-in-requests.ts'
import { WithPassword } from './WithPassword.tsx'

type Asking = 'app' | 'codes' | 'remove' | 'passkey'

/** How one signs in: an app for codes, passkeys, the company's sign-in; each set up and taken away here. */
export function SignInWays() {
  const { data: me } = useMe()
  const found = useQuery(query.identity.me.ways.queryOptions())
  const [asking, ask] = useState<Asking>()
  const close = () => ask(undefined)
  const refresh = [query.identity.me.ways.key()]
  const remove = useAct(api.identity.me.removeApp, {
    fields: ['password'],
    refresh,
    done: () => {
      toast('The app is removed. The password alone is enough.')
      close()
    },
  })
  const renew = useAct(api.identity.me.renewRecovery, { fields: ['password'], refresh })
  const removePasskey = useAct(api.identity.me.removePasskey, {
    refresh,
    done: () => toast('The passkey is removed. Delete it on the device as well.'),
  })
  const ways = found.data
  if (!ways || !me)
    return (
      <Panel title="Ways to sign in">
        {found.isError ? (
          <Failed what="How you sign in could not be loaded." error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Loading lines={3} />
        )}
      </Panel>
    )
  const { app } = ways
  const none = !ways.password && `You have no password here: you sign in with ${ways.provider ?? 'your company'}.`
  return (
    <Panel
      title="Ways to sign in"
      foot={
        <>
          {app ? (
            <>
              <Act label="New recovery codes" k="n" not={none} run={() => ask('codes')} />
              <Act label="Remove the app" kind="danger" run={() => ask('remove')} />
            </>
          ) : (
            <Act
              label="Set up an app for codes"
              k="n"
              hint="its code is asked for after the password"
              not={none}
              run={() => ask('app')}
            />
          )}
          <Act
            label="Add a passkey"
            k="y"
            not={none || (!passkeysWork() && 'This browser has no passkeys here: they need https, or localhost.')}
            run={() => ask('passkey')}
          />
        </>
      }
    >
      <ul className={styles.sessions} aria-label="Ways to sign in">
        {ways.password && (
          <li>
            <div>
              <div>Password</div>
              <div className="faint">
                {app ? (
                  <>
                    and a code of the app, since <Stamp at={app.since} />; {app.recoveryLeft} recovery codes left
                  </>
                ) : (
                  'No second proof is asked for: whoever learns it can sign in.'
                )}
              </div>
            </div>
          </li>
        )}
        {ways.provider && (
          <li>
            <div>
              <div>{ways.provider}</div>
              <div className="faint">the company’s sign-in</div>
            </div>
          </li>
        )}
        {ways.passkeys.map((key) => (
          <li key={key.id}>
            <div>
              <div>Passkey: {key.name}</div>
              <div className="faint">
                since <Stamp at={key.createdAt} />,{' '}
                {key.usedAt ? (
                  <>
                    used <Stamp at={key.usedAt} />
                  </>
                ) : (
                  'not used yet'
                )}
              </div>
            </div>
            <Button
              disabled={removePasskey.busy}
              onClick={() => removePasskey.run({ id: key.id })}
              aria-label={`Remove the passkey ${key.name}`}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <Dialog opened={asking === 'app'} onClose={close} title="Set up an app for codes">
        <SetUpApp email={me.email} onClose={close} />
      </Dialog>
      <Dialog opened={asking === 'passkey'} onClose={close} title="Add a passkey">
        <AddPasskey onClose={close} />
      </Dialog>
      <Dialog opened={asking === 'remove'} onClose={close} title="Remove the app">
        <WithPassword act="Remove it" danger by={remove} onClose={close}>
          Afterwards the password alone is enough to sign in. The recovery codes are no longer valid then.
        </WithPassword>
      </Dialog>
      <Dialog
        opened={asking === 'codes'}
        onClose={() => {
          renew.reset()
          close()
        }}
        title="New recovery codes"
      >
        {renew.output ? (
          <RecoveryCodes
            codes={renew.output.recoveryCodes}
            onClose={() => {
              renew.reset()
              close()
            }}
          />
        ) : (
          <WithPassword act="Make new ones" by={renew} onClose={close}>
            The {app?.recoveryLeft ?? 0} that are left stop to work.
          </WithPassword>
        )}
      </Dialog>
    </Panel>
  )
}
