import { PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { frameKeys, type Me, useMe } from '../../parts/frame-data.ts'
import { useAct, useOpenedWith } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Loading } from '../../ui/States.tsx'
import { Clock } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { ZoneSelect } from '../../ui/ZoneSelect.tsx'
import { peopleKeys } from './data.ts'
import { passwordHelp, passwordWish } from './password.ts'

function AccountForm({ me, onClose }: { me: Me; onClose: () => void }) {
  const [name, setName] = useState(me.name)
  const [zone, setZone] = useState(me.zone)
  const opened = useOpenedWith(me)
  const act = useAct(() => api.identity.me.change({ name, zone }, opened), {
    fields: ['name', 'zone'],
    refresh: [frameKeys.me, ...peopleKeys],
    done: () => {
      toast('Your account is saved.')
      onClose()
    },
  })
  return (
    <DialogForm
      act="Save"
      onSubmit={() => act.run(undefined)}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={!name.trim() && 'A name is needed.'}
    >
      <TextInput
        label="Name"
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={act.problems.name}
      />
      <ZoneSelect
        value={zone}
        onChange={setZone}
        description="Times are shown in this zone."
        error={act.problems.zone}
      />
    </DialogForm>
  )
}

function PasswordForm({ email, onClose }: { email: string; onClose: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const missing = {
    current: current ? undefined : 'Your present password is needed.',
    password: passwordWish(password, email),
  }
  const act = useAct(api.identity.me.changePassword, {
    fields: ['current', 'password'],
    done: () => {
      client.clear()
      toast('The new password is set. Sign in with it.')
      void navigate({ to: paths.signIn() })
    },
  })
  const submit = () => {
    setTried(true)
    if (!missing.current && !missing.password) act.run({ current, password })
  }
  return (
    <DialogForm act="Change it" onSubmit={submit} onClose={onClose} busy={act.busy} failed={act.failed}>
      <p className="muted">Every session of yours ends, this one as well; then you sign in with the new password.</p>
      <PasswordInput
        label="Present password"
        autoComplete="current-password"
        data-autofocus
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        error={(tried ? missing.current : undefined) ?? act.problems.current}
      />
      <PasswordInput
        label="New password"
        description={passwordHelp}
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={(tried ? missing.password : undefined) ?? act.problems.password}
      />
    </DialogForm>
  )
}

/** My name, zone, teams and password. */
export function Account() {
  const { data: me } = useMe()
  const [asking, ask] = useState<'account' | 'password'>()
  const close = () => ask(undefined)
  if (!me)
    return (
      <Panel title="My account">
        <Loading lines={3} />
      </Panel>
    )
  return (
    <Panel
      title="My account"
      pad
      foot={
        <>
          <Act label="Edit account" k="m" hint="my name and time zone" run={() => ask('account')} />
          <Act label="Change password" k="w" run={() => ask('password')} />
        </>
      }
    >
      <Facts
        of={[
          { label: 'Name', value: me.name },
          { label: 'Signs in as', value: me.email },
          {
            label: 'Time zone',
            value: (
              <>
                {me.zone} <Clock zone={me.zone} name="now" />
              </>
            ),
          },
          { label: 'Teams', value: me.teams.length > 0 ? me.teams.map(({ name }) => name).join(', ') : 'none' },
        ]}
      />
      <Dialog opened={asking === 'account'} onClose={close} title="Change my account">
        <AccountForm me={me} onClose={close} />
      </Dialog>
      <Dialog opened={asking === 'password'} onClose={close} title="Change my password">
        <PasswordForm email={me.email} onClose={close} />
      </Dialog>
    </Panel>
  )
}
