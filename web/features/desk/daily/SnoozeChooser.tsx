import { useQuery } from '@tanstack/react-query'
import { api, query } from '../../../api.ts'
import { Chooser } from '../../../ui/Chooser.tsx'
import { serverNow } from '../../../ui/now.ts'
import { useZone } from '../../../ui/Time.tsx'
import { stamp } from '../../../ui/time.ts'
import { type AskProps, aboutWhat } from '../ask.ts'
import { untilOffers } from '../until-offers.ts'

const back = 'back'

/** Until when it is out of my lists. Its clocks go on, and a reply, an escalation or a warning brings it back. */
export function SnoozeChooser(props: AskProps) {
  const zone = useZone()
  const now = serverNow()
  const left = useQuery(query.desk.counts.queryOptions()).data?.snoozed ?? 0
  return (
    <Chooser
      opened
      onClose={props.onClose}
      label={`Leave ${aboutWhat(props)} for later`}
      choices={[
        ...untilOffers(now, zone).map(({ label, at }) => ({
          id: String(at),
          title: label,
          hint: stamp(at, now, zone),
        })),
        ...(left > 0 ? [{ id: back, title: 'Now', hint: 'back in my lists, if I left it', words: 'back' }] : []),
      ]}
      none="The choices are: in 1 h, in 4 h, at the next 08:00, on Monday."
      onChoose={({ id: at }) => {
        if (at === back)
          return void props.perform({
            act: (id) => api.desk.unsnooze({ id }),
            said: (names, many) => `${names} ${many ? 'are' : 'is'} in your lists.`,
          })
        const until = new Date(Number(at)).toISOString()
        void props.perform({
          act: (id) => api.desk.snooze({ id, until }),
          said: (names, many) =>
            `${names} ${many ? 'are' : 'is'} out of your lists until ${stamp(Number(at), now, zone)}.`,
        })
      }}
    />
  )
}
