import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Empty } from '../../ui/States.tsx'
import { TwoLine } from '../../ui/TwoLine.tsx'
import { type Team, useOnCall } from './data.ts'
import { Face } from './Face.tsx'
import styles from './identity.module.css'

export type Member = Team['members'][number]

type Props = {
  team: Team
  cursor: string | undefined
  onCursor: (id: string) => void
  /** Left away when nothing may be changed. */
  onRole: ((member: Member) => void) | undefined
  onRemove: ((member: Member) => void) | undefined
  act: ReactNode
}

export const otherRole = (member: Member) => (member.role === 'lead' ? 'responder' : 'lead')

/** The people of a team; the row under the cursor is what the acts of the page are about. */
export function Members({ team, cursor, onCursor, onRole, onRemove, act }: Props) {
  const me = useMe()
  const { data: onCall } = useOnCall()
  const schedulesOf = (id: string) =>
    onCall?.items
      .filter((entry) => entry.team.id === team.id && entry.people.some(({ user }) => user.id === id))
      .map(({ schedule }) => schedule.name)
      .join(', ') ?? ''
  const columns: readonly Column<Member>[] = [
    {
      title: 'Name',
      width: 190,
      cell: (member) => (
        <span className={styles.person}>
          <Face name={member.name} you={member.id === me.data?.id} size={18} />
          <Link to={paths.person(member.id)} className="strong clip">
            {member.name}
          </Link>
        </span>
      ),
    },
    {
      title: 'Role',
      width: 96,
      cell: (member) => (member.role === 'lead' ? 'lead' : <span className="faint">responder</span>),
    },
    { title: 'On call now', from: 480, cell: (member) => schedulesOf(member.id) },
    { title: 'Mail', faint: true, from: 640, cell: (member) => member.email },
    {
      title: 'Account',
      width: 92,
      cell: (member) =>
        member.state === 'active' ? <span className="faint">active</span> : <Status tone="off">{member.state}</Status>,
    },
  ]
  return (
    <DataTable
      label={`Members of ${team.name}`}
      flow
      rows={team.members}
      rowId={(member) => member.id}
      columns={columns}
      cursor={cursor}
      onCursor={onCursor}
      empty={
        <Empty title="Nobody is in this team yet." act={act}>
          Its members see its queue as their own and can be put on its schedules.
        </Empty>
      }
      phone={(member) => (
        <div className={styles.stack}>
          <TwoLine
            mark={<Face name={member.name} you={member.id === me.data?.id} size={24} />}
            title={
              <Link to={paths.person(member.id)} className={styles.touch}>
                {member.name}
              </Link>
            }
            urgent={<span className="faint">{member.role}</span>}
            words={schedulesOf(member.id) ? `on call: ${schedulesOf(member.id)}` : member.email}
          />
          {onRole && onRemove && (
            <div className={styles.right}>
              <Button onClick={() => onRole(member)}>Make {otherRole(member)}</Button>
              <Button mod={{ danger: true }} onClick={() => onRemove(member)}>
                Take out
              </Button>
            </div>
          )}
        </div>
      )}
    />
  )
}
