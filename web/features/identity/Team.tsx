import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { Log } from '../../parts/Log.tsx'
import { useMayFor } from '../../parts/use-may-for.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { useKeys } from '../../ui/keys.ts'
import { useIsPhone } from '../../ui/list.ts'
import { Status } from '../../ui/Marks.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { Clock } from '../../ui/Time.tsx'
import { TeamKeys } from '../jobs/TeamKeys.tsx'
import { counted, kindWords, type Team as TeamOf } from './data.ts'
import styles from './identity.module.css'
import { AddMember } from './MemberForm.tsx'
import { Members, otherRole } from './Members.tsx'
import { OnCallOfTeam } from './OnCallOf.tsx'
import { TeamForm } from './TeamForm.tsx'
import { useArchival, useMembership } from './use-team-acts.ts'

const Services = ({ teamId }: { teamId: string }) => {
  const services = useQuery(query.catalog.services.list.queryOptions({ input: { team: teamId, limit: 200 } }))
  if (!services.data || services.data.items.length === 0) return null
  return (
    <Panel title="Services" words={counted(services.data.items.length, 'service')}>
      <ul className={styles.list}>
        {services.data.items.map((service) => (
          <li key={service.id}>
            <Link to={paths.service(service.id)} className="clip">
              {service.name}
            </Link>
            <span className={`faint ${styles.end}`}>tier {service.tier}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function Shown({ team }: { team: TeamOf }) {
  const mayWrite = useMayFor('team.write', team.id)
  const mayJobs = useMayFor('job.write', team.id)
  const mayArchive = useMay('team.write') === 'all'
  const phone = useIsPhone()
  const navigate = useNavigate()
  const [asking, ask] = useState<'add' | 'edit'>()
  const [cursor, setCursor] = useState<string>()
  const { role, remove } = useMembership(team)
  const archival = useArchival(team)
  const member = team.members.find(({ id }) => id === cursor)
  const choose = !member && 'Choose a member first: j and k, or a click.'
  const close = () => ask(undefined)
  const add = <Act label="Add a member" k="a" kind="primary" run={() => ask('add')} />
  useKeys(
    [
      {
        key: 'Enter',
        label: 'Open the member',
        kind: 'move',
        run: () => member && void navigate({ to: paths.person(member.id) }),
      },
    ],
    { when: member !== undefined },
  )
  return (
    <Page
      title={team.name}
      chips={
        <>
          {team.archived && <Status tone="off">archived</Status>}
          <Chip>{kindWords[team.kind]}</Chip>
          <Clock zone={team.zone} />
        </>
      }
      acts={
        mayWrite && (
          <>
            {mayArchive && (
              <Act label={archival.label} k="v" busy={archival.act.busy} run={() => archival.act.run(undefined)} />
            )}
            <Act label="Edit" k="e" run={() => ask('edit')} />
            {!phone && (
              <>
                <Act label="Take out" k="d" kind="danger" not={choose} run={() => member && remove.run(member)} />
                <Act
                  label={member ? `Make ${otherRole(member)}` : 'Make lead'}
                  k="r"
                  not={choose}
                  run={() => member && role.run(member)}
                />
              </>
            )}
            {add}
          </>
        )
      }
    >
      <Columns of="minmax(0, 1fr) 340px">
        <Rows>
          <Panel title="Members" words={counted(team.members.length, 'person', 'people')}>
            <Members
              team={team}
              cursor={cursor}
              onCursor={setCursor}
              onRole={mayWrite ? role.run : undefined}
              onRemove={mayWrite ? remove.run : undefined}
              act={mayWrite && add}
            />
          </Panel>
          <OnCallOfTeam teamId={team.id} />
          <Log about={`team:${team.id}`} />
        </Rows>
        <Rows>
          <Panel title="What it does" pad>
            {team.description ? (
              <p className={styles.text}>{team.description}</p>
            ) : (
              <p className={`muted ${styles.text}`}>Nobody has written it down yet.</p>
            )}
            <Facts
              of={[
                { label: 'Kind', value: kindWords[team.kind] },
                { label: 'Time zone', value: team.zone },
                { label: 'Short name', value: <code>{team.slug}</code> },
              ]}
            />
          </Panel>
          <Services teamId={team.id} />
          {mayJobs && <TeamKeys teamId={team.id} />}
        </Rows>
      </Columns>
      <TeamForm opened={asking === 'edit'} onClose={close} team={team} />
      <Dialog opened={asking === 'add'} onClose={close} title={`Add a member to ${team.name}`}>
        <AddMember team={team} without={team.members.map(({ id }) => id)} onClose={close} />
      </Dialog>
    </Page>
  )
}

/** One team: its people and their roles, who is on call, what it runs. */
export function Team() {
  const { id = '' } = useParams({ strict: false })
  const found = useQuery(query.identity.teams.read.queryOptions({ input: { id } }))
  if (found.data) return <Shown key={found.data.id} team={found.data} />
  return (
    <Page title="Team">
      <Panel>
        {found.isError ? (
          <Failed what="This team could not be loaded." error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Loading lines={6} />
        )}
      </Panel>
    </Page>
  )
}
