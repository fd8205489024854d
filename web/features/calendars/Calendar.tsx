import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct, useOpenedWith, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { statusOf } from '../../problem.ts'
import { Page } from '../../ui/Page.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import { useParam } from '../../ui/url.ts'
import { CalendarEditor, calendarFields } from './CalendarEditor.tsx'
import { CalendarPreview } from './CalendarPreview.tsx'
import { type CalendarDraft, calendarDraftOf, calendarInput, type Calendar as Stored } from './calendar-draft.ts'
import { calendarKeys, useCalendar, useKeepCalendar } from './data.ts'

/** A calendar: to change for administrators, to read for others; beside it what it means now. */
export function Calendar() {
  const found = useCalendar(useParam('id'))
  if (found.data) return <Opened key={found.data.id} calendar={found.data} />
  const none = statusOf(found.error) === 404
  return (
    <Page title="Calendar">
      {none && <Empty title="There is no such calendar.">The address may be mistyped.</Empty>}
      {found.isError && !none && (
        <Failed what="The calendar could not be read." error={found.error} retry={() => void found.refetch()} />
      )}
      {!found.isError && <Loading />}
    </Page>
  )
}

function Opened({ calendar }: { calendar: Stored }) {
  const navigate = useNavigate()
  const may = useMay('calendar.write') !== undefined
  const refresh = useRefresh(calendarKeys)
  const keep = useKeepCalendar()
  const opened = useOpenedWith(calendar)
  const { id } = calendar
  const [before] = useState(() => calendarDraftOf(calendar))
  const act = useAct((draft: CalendarDraft) => api.calendars.change({ id, ...calendarInput(draft) }, opened), {
    refresh: calendarKeys,
    fields: calendarFields,
    done: (changed) => {
      keep(changed)
      toast(`${changed.name} is saved; the clocks of open tickets are computed anew.`, {
        undo: async () => {
          keep(await api.calendars.change({ id, ...calendarInput(before) }))
          await refresh()
        },
      })
      void navigate({ to: paths.calendars() })
    },
  })
  return (
    <CalendarEditor
      title={calendar.name}
      start={before}
      isNew={false}
      act={act}
      save="Save"
      may={may}
      beside={<CalendarPreview of={calendar} />}
      id={id}
    />
  )
}
