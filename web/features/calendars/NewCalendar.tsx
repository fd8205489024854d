import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay, useMe } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Loading } from '../../ui/States.tsx'
import { localZone } from '../../ui/time.ts'
import { toast } from '../../ui/toast.ts'
import { CalendarEditor, calendarFields } from './CalendarEditor.tsx'
import { type CalendarDraft, calendarInput, newCalendarDraft } from './calendar-draft.ts'
import { calendarKeys } from './data.ts'

/** Add a calendar. */
export function NewCalendar() {
  const me = useMe()
  const may = useMay('calendar.write') !== undefined
  if (me.data && may) return <Form zone={me.data.zone ?? localZone()} />
  return (
    <Page title="New calendar">
      {me.data ? <Empty title="You may not add calendars.">An administrator may; ask one of them.</Empty> : <Loading />}
    </Page>
  )
}

function Form({ zone }: { zone: string }) {
  const navigate = useNavigate()
  const [start] = useState(() => newCalendarDraft(zone))
  const act = useAct(
    (draft: CalendarDraft) => api.calendars.create({ ...calendarInput(draft), slug: draft.slug, kind: draft.kind }),
    {
      refresh: calendarKeys,
      fields: [...calendarFields, 'slug'],
      done: ({ name }) => {
        toast(`${name} is added. Services and SLA policies can be counted by it now.`)
        void navigate({ to: paths.calendars() })
      },
    },
  )
  return (
    <CalendarEditor
      title="New calendar"
      start={start}
      isNew
      act={act}
      save="Add it"
      may
      beside={
        <Panel title="What it is for" pad>
          <p className="muted">
            A support calendar says when a service is supported: SLA clocks run in its open hours. A market calendar
            holds the sessions of a venue, a settlement calendar banking days; no clock runs by those.
          </p>
        </Panel>
      }
    />
  )
}
