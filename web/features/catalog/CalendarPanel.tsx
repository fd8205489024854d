import { skipToken, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { calendar } from '../../../contract/calendars/index.ts'
import { query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { Status } from '../../ui/Marks.tsx'
import { useNow } from '../../ui/now.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { Stamp, useZone } from '../../ui/Time.tsx'
import { zoneName } from '../../ui/time.ts'
import { wallOf } from '../../ui/wall.ts'
import styles from './catalog.module.css'
import { dayName, type Service } from './words.ts'

type Calendar = z.output<typeof calendar>

/** The support calendar of a service, read again each minute because it opens and closes without an event. */
export const useCalendar = (service: Service) => {
  const may = useMay('calendar.read') !== undefined
  const id = service.calendar?.id
  return useQuery({
    ...query.calendars.read.queryOptions({ input: may && id ? { id } : skipToken }),
    refetchInterval: 60_000,
  })
}

/** 'open until 19:00', 'closed until Tue 07:00'; what is not known is said not to be. */
export function OpenNow({ of }: { of: Calendar }) {
  const { openNow, nextOpen, nextClose } = of.preview
  const next = openNow ? nextClose : nextOpen
  return (
    <>
      <Status tone={openNow ? 'ok' : 'off'}>{openNow ? 'open' : 'closed'}</Status>{' '}
      {next.at && (
        <span className="faint">
          until <Stamp at={next.at} />
        </span>
      )}
    </>
  )
}

const hoursWords = (open: readonly { from: string; to: string }[]) => {
  if (open.length === 0) return 'closed'
  if (open.length === 1 && open[0]?.from === '00:00' && open[0].to === '24:00') return 'all day'
  return open.map(({ from, to }) => `${from}–${to}`).join(', ')
}

function Week({ of }: { of: Calendar }) {
  const now = useNow()
  const today = wallOf(now, of.zone).slice(0, 10)
  if (of.preview.week.every(({ open, known }) => known && hoursWords(open) === 'all day'))
    return <p>All day, every day.</p>
  return (
    <dl className={styles.week}>
      {of.preview.week.map(({ date, name, open, known }, index) => (
        <div key={date} data-today={date === today || undefined}>
          <dt>{dayName(index + 1)}</dt>
          <dd>
            {known ? hoursWords(open) : 'not known'} {name && <span className="faint">{name}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** When the service is supported: open now or not, and this week's hours by the clocks of the calendar. */
export function CalendarPanel({ service }: { service: Service }) {
  const zone = useZone()
  const found = useCalendar(service)
  const may = useMay('calendar.read') !== undefined
  if (!may) return null
  if (!service.calendar)
    return (
      <Panel title="Supported" pad>
        Around the clock. <span className="faint">It has no calendar, so the clocks of its tickets never stop.</span>
      </Panel>
    )
  const { data } = found
  return (
    <Panel
      title="Supported"
      words={service.calendar.name}
      pad
      foot={data?.validThrough && <span>Holidays are known through {data.validThrough}; later ones are not.</span>}
    >
      {found.isError && !data && (
        <Failed what="The calendar could not be loaded." error={found.error} retry={() => void found.refetch()} />
      )}
      {found.isPending && <Loading lines={3} />}
      {data && (
        <>
          <p className={styles.open}>
            <OpenNow of={data} />
          </p>
          <Week of={data} />
          {data.zone !== zone && <p className="faint">By the clocks of {zoneName(data.zone)}.</p>}
          {(data.preview.openNow ? data.preview.nextClose : data.preview.nextOpen).note && (
            <p className="faint">{(data.preview.openNow ? data.preview.nextClose : data.preview.nextOpen).note}</p>
          )}
        </>
      )}
    </Panel>
  )
}
