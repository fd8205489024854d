import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { useNow } from '../../ui/now.ts'
import { Callout } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { useUndelivered } from './data.ts'
import { channelName, outagesOf } from './trouble.ts'

/** When we cannot reach people, nobody may believe that they were told. (Other trouble of our own stands above every page.) */
export function OwnTrouble() {
  const undelivered = useUndelivered().data?.items ?? []
  const now = useNow()
  return outagesOf(undelivered, now).map((outage) => (
    <Callout key={`${outage.channel} ${outage.now}`} tone={outage.now ? 'down' : 'warn'}>
      <div role="status">
        {outage.now ? (
          <>
            <b>
              {channelName(outage.channel)} cannot be sent since <Stamp at={outage.since} />
            </b>
            : {sentence(outage.error)}{' '}
            {outage.count === 1 ? `A message for ${outage.to} waits and is tried again.` : `${outage.count} messages wait and are tried again.`}
          </>
        ) : (
          <>
            <b>
              {outage.count === 1 ? `${outage.to} was not reached` : `${outage.count} messages did not get through`} by{' '}
              {channelName(outage.channel).toLowerCase()}
            </b>{' '}
            (<Stamp at={outage.since} />): {sentence(outage.error)} <Link to={paths.contactMethods()}>Contact methods</Link>
          </>
        )}
      </div>
    </Callout>
  ))
}

const sentence = (words: string) => (/[.!?]$/.test(words) ? words : `${words}.`)
