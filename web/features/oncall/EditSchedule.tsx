import { useState } from 'react'
import { api } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct, useOpenedWith } from '../../parts/use-act.ts'
import { Act } from '../../ui/Act.tsx'
import { useNow } from '../../ui/now.ts'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Loading } from '../../ui/States.tsx'
import { useZone } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { Consequences } from './Consequences.tsx'
import { toldOf } from './change-words.ts'
import { oncallKeys, type Schedule } from './data.ts'
import { draftOfSchedule, layersOf, whatIsMissing } from './draft.ts'
import styles from './oncall.module.css'
import { ScheduleEditor } from './ScheduleEditor.tsx'
import { usePreview } from './use-preview.ts'
import { useWeeks, WEEKS } from './use-weeks.ts'
import { WeekNav } from './WeekNav.tsx'
import { WeeksCalendar } from './WeeksCalendar.tsx'

/** Changes a schedule; beside the form stands who would be on call, and what saving comes to. */
export function EditSchedule({ schedule, onDone }: { schedule: Schedule; onDone: () => void }) {
  const zone = useZone()
  const now = useNow()
  const me = useMe().data
  const [draft, setDraft] = useState(() => draftOfSchedule(schedule))
  const opened = useOpenedWith(schedule)
  const { lines, shown, nav } = useWeeks(zone, now)
  const preview = usePreview(schedule.id, draft, shown)
  const missing = whatIsMissing(draft)
  const save = useAct(
    (layers: NonNullable<ReturnType<typeof layersOf>>) =>
      api.oncall.changeSchedule(
        { id: schedule.id, name: draft.name, teamId: draft.teamId ?? schedule.team.id, zone: draft.zone, layers },
        opened,
      ),
    {
      fields: ['name', 'teamId', 'zone'],
      refresh: oncallKeys,
      done: (saved) => {
        toast(`${saved.name} is saved. What was until now stays.`)
        onDone()
      },
    },
  )
  const submit = () => {
    const layers = layersOf(draft.layers)
    if (!missing && layers) save.run(layers)
  }
  return (
    <Page
      title={`Change ${schedule.name}`}
      chips={
        <>
          <WeekNav {...nav} />
          <span className="faint">as it would be; what differs is outlined in blue</span>
        </>
      }
      acts={
        <>
          <Act label="Cancel" k="Escape" run={onDone} />
          <Act label="Save" k="mod+Enter" kind="primary" run={submit} busy={save.busy} not={missing} />
        </>
      }
    >
      <Columns of="minmax(0, 1fr) 440px">
        <div className={styles.stay}>
          <Rows>
            <Panel label="Who would be on call">
              {preview.data ? (
                <WeeksCalendar
                  schedule={schedule}
                  calendar={preview.data}
                  changes={preview.data.changes}
                  lines={lines}
                  given={{ known: shown, people: preview.data.people, me: me?.id, zone, now }}
                />
              ) : (
                <Loading lines={5} />
              )}
            </Panel>
            {preview.data && (
              <Consequences
                title="If you save it"
                told={toldOf(preview.data, { zone, now, isNew: false, weeks: WEEKS })}
              />
            )}
          </Rows>
        </div>
        <ScheduleEditor
          draft={draft}
          onChange={setDraft}
          isNew={false}
          now={now}
          problems={{ ...preview.problems, ...save.problems }}
          failed={save.failed}
        />
      </Columns>
    </Page>
  )
}
