import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay, useMe } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { useNow } from '../../ui/now.ts'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Loading } from '../../ui/States.tsx'
import { useZone } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { Consequences } from './Consequences.tsx'
import { toldOf } from './change-words.ts'
import { oncallKeys } from './data.ts'
import { type Draft, layersOf, newLayer, whatIsMissing } from './draft.ts'
import styles from './oncall.module.css'
import { ScheduleEditor } from './ScheduleEditor.tsx'
import { usePreview } from './use-preview.ts'
import { useWeeks, WEEKS } from './use-weeks.ts'
import { WeeksCalendar } from './WeeksCalendar.tsx'

/** A new schedule, with its next weeks beside the form before it is made. */
export function NewSchedule() {
  const zone = useZone()
  const now = useNow()
  const navigate = useNavigate()
  const me = useMe().data
  const may = useMay('schedule.write')
  const [written, setDraft] = useState<Draft>(() => ({
    name: '',
    slug: '',
    teamId: null,
    zone: me?.zone ?? zone,
    layers: [newLayer('Week', now, zone)],
  }))
  // Of whoever has one team it is that one's, also where that is known a moment later.
  const [only] = me?.teams.length === 1 ? me.teams : []
  const draft = { ...written, teamId: written.teamId ?? only?.id ?? null }
  const { lines, shown } = useWeeks(zone, now)
  const preview = usePreview(undefined, draft, shown)
  const hasPeople = draft.layers.some(({ participants }) => participants.length > 0)
  const missing = whatIsMissing(draft) ?? (draft.slug === '' ? 'The schedule needs a short name.' : undefined)
  const save = useAct(
    (layers: NonNullable<ReturnType<typeof layersOf>>) =>
      api.oncall.createSchedule({
        name: draft.name,
        slug: draft.slug,
        teamId: draft.teamId ?? '',
        zone: draft.zone,
        layers,
      }),
    {
      fields: ['name', 'slug', 'teamId', 'zone'],
      refresh: oncallKeys,
      done: (made) => {
        toast(`${made.name} is made. An escalation policy that names it turns to its people.`)
        void navigate({ to: paths.schedule(made.id) })
      },
    },
  )
  const submit = () => {
    const layers = layersOf(draft.layers)
    if (!missing && layers) save.run(layers)
  }
  const not = may ? missing : 'Leads and administrators make schedules. Ask one of them.'
  return (
    <Page
      title="New schedule"
      chips={<span className="faint">nothing is saved until you have seen its weeks</span>}
      acts={
        <>
          <Act label="Cancel" k="Escape" to={paths.onCall()} />
          <Act label="Make the schedule" k="mod+Enter" kind="primary" run={submit} busy={save.busy} not={not} />
        </>
      }
    >
      <Columns of="440px minmax(0, 1fr)">
        <ScheduleEditor
          draft={draft}
          onChange={setDraft}
          isNew
          now={now}
          problems={{ ...preview.problems, ...save.problems }}
          failed={save.failed}
        />
        <div className={styles.stay}>
          <Rows>
            <Panel title="The next weeks" words="as it would be">
              {!hasPeople && (
                <Empty title="Nobody yet.">
                  Choose who takes turns, and the next weeks are shown here before you save.
                </Empty>
              )}
              {hasPeople && !preview.data && <Loading lines={5} />}
              {hasPeople && preview.data && (
                <WeeksCalendar
                  schedule={{ id: 'new', name: draft.name || 'the new schedule' }}
                  calendar={preview.data}
                  lines={lines}
                  given={{ known: shown, people: preview.data.people, me: me?.id, zone, now }}
                />
              )}
            </Panel>
            {hasPeople && preview.data && (
              <Consequences
                title="With this schedule"
                told={toldOf(preview.data, { zone, now, isNew: true, weeks: WEEKS })}
              />
            )}
          </Rows>
        </div>
      </Columns>
    </Page>
  )
}
