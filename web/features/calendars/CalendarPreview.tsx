import { Status } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Stamp, useZone } from '../../ui/Time.tsx'
import { zoneName } from '../../ui/time.ts'
import type { Calendar } from './calendar-draft.ts'
import styles from './calendars.module.css'
import { hoursWords } from './hours.ts'

const dayOf = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** What a calendar, as it is saved, means now: open or not, until when, and this week. */
export function CalendarPreview({ of }: { of: Calendar }) {
  const zone = useZone()
  const { openNow, nextOpen, nextClose, week, openMinutes } = of.preview
  const next = openNow ? nextClose : nextOpen
  return (
    <Panel
      title="As it is saved"
      words={of.zone === zone ? undefined : `by the clocks of ${zoneName(of.zone)}`}
      pad
      foot={
        <span>
          {of.validThrough
            ? `Holidays are known through ${of.validThrough}; later ones are not.`
            : 'Nobody has said until which day the holidays are known.'}
          {of.provenance && ` From: ${of.provenance}`}
        </span>
      }
    >
      <p>
        <Status tone={openNow ? 'ok' : 'off'}>{openNow ? 'open' : 'closed'}</Status>{' '}
        {next.at && (
          <span>
            until <Stamp at={next.at} />
          </span>
        )}
        {next.note && <span className="muted"> {next.note}</span>}
      </p>
      <dl className={styles.week}>
        {week.map(({ date, name, open, known }, i) => (
          <div key={date}>
            <dt>
              {dayOf[i]} <span className="faint">{date.slice(8)}</span>
            </dt>
            <dd>
              {known ? hoursWords(open) || 'closed' : 'not known'} {name && <span className="faint">{name}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="faint">{Math.round((openMinutes / 60) * 10) / 10} open hours this week.</p>
    </Panel>
  )
}
