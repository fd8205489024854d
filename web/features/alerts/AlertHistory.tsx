import { Panel } from '../../ui/Panel.tsx'
import { Moment, Timeline } from '../../ui/Timeline.tsx'
import type { AlertDetail } from './words.ts'

/** What happened to an alert, in order. */
export const AlertHistory = ({ alert }: { alert: AlertDetail }) => (
  <Panel title="What happened" pad>
    <Timeline label="What happened">
      {alert.timeline.map((event) => (
        <Moment key={event.id} at={event.at}>
          {event.text}
        </Moment>
      ))}
    </Timeline>
  </Panel>
)
