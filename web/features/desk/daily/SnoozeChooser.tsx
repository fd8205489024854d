import { api } from '../../../api.ts'
import { Chooser } from '../../../ui/Chooser.tsx'
import { serverNow } from '../../../ui/now.ts'
import { useZone } from '../../../ui/Time.tsx'
import { stamp } from '../../../ui/time.ts'
import { type AskProps, aboutWhat } from '../ask.ts'
import { snoozeOffers } from './snooze.ts'

/** Until when it is out of my lists. Its clocks go on, and a reply, an escalation or a warning brings it back. */
export function SnoozeChooser(props: AskProps) {
  const zone = useZone()
  const now = serverNow()
  const offers = snoozeOffers(now, zone)
  return (
    <Chooser
      opened
      onClose={props.onClose}
      label={`Leave ${aboutWhat(props)} for later`}
      choices={offers.map(({ label, at }) => ({ id: String(at), title: label, hint: stamp(at, now, zone) }))}
      none="Nothing fits; the choices are an hour, four hours, tomorrow, Monday."
      onChoose={({ id: at, title }) => {
        const until = new Date(Number(at)).toISOString()
        void props.perform({
          act: (id) => api.desk.snooze({ id, until }),
          said: (names, many) => `${names} ${many ? 'are' : 'is'} out of your lists: ${title.toLowerCase()}.`,
        })
      }}
    />
  )
}
