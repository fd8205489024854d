import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { can } from '../../../contract/identity/can.ts'
import { api, query } from '../../api.ts'
import { useMay, useMe } from '../../parts/frame-data.ts'
import { Log } from '../../parts/Log.tsx'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { Clock, Stamp } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { UnitsOfPerson } from '../catalog/UnitsOfPerson.tsx'
import { AskedBy } from '../desk/AskedBy.tsx'
import { isAsker, peopleKeys, roleWords, type User } from './data.ts'
import { EditPerson } from './EditPerson.tsx'
import styles from './identity.module.css'
import { LinkOnce } from './LinkOnce.tsx'
import { PutIntoTeam } from './MemberForm.tsx'
import { OnCallOfPerson } from './OnCallOf.tsx'
import { Reached } from './Reached.tsx'

/** What an administrator may do to an account. */
function Acts({ user }: { user: User }) {
  const me = useMe()
  const [asking, ask] = useState<'edit' | 'team'>()
  const refresh = useRefresh(peopleKeys)
  const link = useAct(api.identity.users.sendLink)
  const enable = useAct(api.identity.users.enable, {
    refresh: peopleKeys,
    done: () => toast(`${user.name} may sign in again.`),
  })
  const disable = useAct(api.identity.users.disable, {
    refresh: peopleKeys,
    done: () =>
      toast(`${user.name} is signed out everywhere and may not sign in.`, {
        undo: async () => {
          await api.identity.users.enable({ id: user.id })
          await refresh()
        },
      }),
  })
  const signOut = useAct(api.identity.users.signOut, {
    refresh: peopleKeys,
    done: ({ ended }) =>
      toast(ended > 0 ? `${user.name} is signed out everywhere.` : `${user.name} was signed in nowhere.`),
  })
  const removeFactor = useAct(api.identity.users.removeSecondFactor, {
    refresh: peopleKeys,
    done: () => toast(`${user.name} is asked for no code any more. It can be set up again under the account.`),
  })
  const close = () => ask(undefined)
  return (
    <>
      {user.state === 'disabled' ? (
        <Act label="Enable" k="d" busy={enable.busy} run={() => enable.run({ id: user.id })} />
      ) : (
        <Act
          label="Disable"
          k="d"
          kind="danger"
          busy={disable.busy}
          not={user.id === me.data?.id && 'You would lock yourself out. Ask another administrator.'}
          run={() => disable.run({ id: user.id })}
        />
      )}
      <Act
        label="Sign-in link"
        k="l"
        busy={link.busy}
        not={can.sendLink(user) ?? undefined}
        run={() => link.run({ id: user.id })}
      />
      {user.state === 'active' && user.id !== me.data?.id && (
        <Act
          label="Sign out everywhere"
          hint="for who lost a device that is signed in"
          kind="danger"
          busy={signOut.busy}
          run={() => signOut.run({ id: user.id })}
        />
      )}
      {user.secondFactor && (
        <Act
          label="Remove the app"
          hint="for who lost the device: the password alone is enough again"
          kind="danger"
          busy={removeFactor.busy}
          run={() => removeFactor.run({ id: user.id })}
        />
      )}
      <Act label="Put into a team" k="p" run={() => ask('team')} />
      <Act label="Edit" k="e" run={() => ask('edit')} />
      <EditPerson user={user} opened={asking === 'edit'} onClose={close} />
      <Dialog opened={asking === 'team'} onClose={close} title={`Put ${user.name} into a team`}>
        <PutIntoTeam people={[user]} onClose={close} onDone={close} />
      </Dialog>
      <Dialog opened={link.output !== undefined} onClose={link.reset} title="One-time link">
        {link.output && <LinkOnce name={user.name} email={user.email} link={link.output} onClose={link.reset} />}
      </Dialog>
    </>
  )
}

const Teams = ({ of }: { of: User }) => (
  <Panel title="Teams">
    {of.teams.length === 0 ? (
      <Empty title="In no team.">Whoever works on tickets belongs to a team: its queue, its schedules.</Empty>
    ) : (
      <ul className={styles.list}>
        {of.teams.map((team) => (
          <li key={team.id}>
            <Link to={paths.team(team.id)}>{team.name}</Link>
            <span className={`faint ${styles.end}`}>{team.role}</span>
          </li>
        ))}
      </ul>
    )}
  </Panel>
)

/** How somebody who asks is reached: by mail, at the hours where they are. */
const ReachedBy = ({ user }: { user: User }) => (
  <Panel title="How to reach them" pad>
    <Facts
      of={[
        { label: 'Mail', value: <a href={`mailto:${user.email}`}>{user.email}</a> },
        { label: 'Where they are', value: <Clock zone={user.zone} /> },
      ]}
    />
  </Panel>
)

/** One person: account, teams, how pages come, what happened; of those who ask, what they asked for. */
export function Person() {
  const { id = '' } = useParams({ strict: false })
  const found = useQuery(query.identity.users.read.queryOptions({ input: { id } }))
  const me = useMe()
  const mayWrite = useMay('people.write') !== undefined
  const user = found.data
  if (!user)
    return (
      <Page title="Person">
        <Panel>
          {found.isError ? (
            <Failed what="This person could not be loaded." error={found.error} retry={() => void found.refetch()} />
          ) : (
            <Loading lines={6} />
          )}
        </Panel>
      </Page>
    )
  const isMe = user.id === me.data?.id
  // A team makes somebody of the desk, whatever the role.
  const asks = isAsker(user.role) && user.teams.length === 0
  return (
    <Page
      title={user.name}
      chips={
        <>
          {user.state !== 'active' && (
            <Status tone="off">
              {user.state === 'invited' ? 'invited, has not signed in yet' : 'account disabled'}
            </Status>
          )}
          <Chip title={roleWords[user.role].hint}>{user.role}</Chip>
          {isMe && <Chip>you</Chip>}
          <Clock zone={user.zone} />
        </>
      }
      acts={
        (mayWrite || isMe) && (
          <>
            {isMe && <Act label="My contact methods" k="m" to={paths.contactMethods()} />}
            {mayWrite && <Acts user={user} />}
          </>
        )
      }
    >
      <Columns of="minmax(0, 1fr) 340px">
        <Rows>
          {!asks && <OnCallOfPerson userId={user.id} />}
          {asks ? <AskedBy person={user} /> : <Teams of={user} />}
          <Log about={`user:${user.id}`} />
        </Rows>
        <Rows>
          {asks && <ReachedBy user={user} />}
          <Panel title="Account" pad>
            <Facts
              of={[
                { label: 'Signs in as', value: user.email },
                {
                  label: 'Role',
                  value: (
                    <>
                      {user.role} <span className="faint">{roleWords[user.role].hint}</span>
                    </>
                  ),
                },
                { label: 'Time zone', value: user.zone },
                { label: 'Here since', value: <Stamp at={user.createdAt} /> },
              ]}
            />
          </Panel>
          <UnitsOfPerson person={user} />
          {!asks && <Reached userId={user.id} email={user.email} />}
        </Rows>
      </Columns>
    </Page>
  )
}
