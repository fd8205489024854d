import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Disturbance } from '../../../contract/desk/disturbances.ts'
import { paths } from '../../paths.ts'
import { Callout } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { useHurtsMe } from './data.ts'
import { hurtsUnits, workedOn } from './words.ts'

/** One known disturbance, and the one act about it. `onJoined`: where to go then. */
export function Trouble({ of, onJoined }: { of: Disturbance; onJoined?: (number: string) => void }) {
  const { join } = useHurtsMe(onJoined)
  return (
    <Callout
      tone={of.overAt ? 'info' : 'warn'}
      acts={
        of.mine === null ? (
          <Button loading={join.busy} onClick={() => join.run(of.number)}>
            This is my problem too<span className="sr-only">: {of.service.name}</span>
          </Button>
        ) : (
          <Link to={of.myTicket ? paths.ticket(of.myTicket) : paths.disturbance(of.number)}>
            {of.myTicket ? `You reported it as ${of.myTicket}` : 'You hear from us'}: see how it stands
          </Link>
        )
      }
    >
      <span>
        Trouble with <b>{of.service.name}</b> since <Stamp at={of.since} />. {hurtsUnits(of.units)} {workedOn[of.state]}
        {of.nextUpdateAt && !of.overAt && (
          <>
            {' '}
            Next word by <Stamp at={of.nextUpdateAt} />.
          </>
        )}
      </span>
    </Callout>
  )
}
