import { useDebouncedCallback } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay, useMe } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { useIsPhone } from '../../ui/list.ts'
import { Columns, Page } from '../../ui/Page.tsx'
import { Callout, Empty, Loading } from '../../ui/States.tsx'
import { useZone } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { jobKeys } from './data.ts'
import { ImportFile } from './ImportFile.tsx'
import { ImportList } from './ImportList.tsx'
import { chosenOf, type ImportDraft, inputOf, isWriting, pastRunsIn, rowIdOf } from './import-draft.ts'

const pause = 400
const title = 'Import jobs'
const fields = ['files', 'kind', 'host', 'zone', 'serviceId', 'teamId', 'environment']

/** Jobs of another scheduler: what a file would change is shown, and somebody accepts it. */
export function ImportJobs() {
  const me = useMe()
  const may = useMay('job.write')
  const zone = useZone()
  if (me.data && may !== undefined) {
    const [own] = me.data.teams
    return <Opened zone={zone} team={may === 'all' ? undefined : own} />
  }
  return (
    <Page title={title}>
      {me.data ? (
        <Empty title="You may not change jobs.">An administrator can give you a role that may.</Empty>
      ) : (
        <Loading />
      )}
    </Page>
  )
}

const jobsWords = (count: number) => (count === 1 ? '1 job' : `${count} jobs`)

function Opened({ zone, team }: { zone: string; team: ImportDraft['team'] }) {
  const navigate = useNavigate()
  const phone = useIsPhone()
  const [draft, setDraft] = useState<ImportDraft>({
    files: [],
    kind: null,
    host: '',
    zone,
    service: null,
    environment: 'prod',
    team,
  })
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const read = useAct((given: ImportDraft) => api.imports.preview(inputOf(given)), {
    fields,
    done: ({ items }) => setTicked(new Set(items.filter(isWriting).map(rowIdOf))),
  })
  const readSoon = useDebouncedCallback((next: ImportDraft) => {
    if (next.files.length > 0) read.run(next)
  }, pause)
  const change = (part: Partial<ImportDraft>) => {
    const next = { ...draft, ...part }
    setDraft(next)
    readSoon(next)
  }
  const wrong = read.failed !== undefined || Object.keys(read.problems).length > 0
  const preview = wrong || draft.files.length === 0 ? undefined : read.output
  const chosen = chosenOf(preview, ticked)
  const write = useAct(() => api.imports.apply({ ...inputOf(draft), chosen }), {
    refresh: jobKeys,
    fields: [],
    done: ({ counts, pastRuns }) => {
      const runs = pastRuns > 0 ? ` ${pastRuns} past runs are on record.` : ''
      toast(
        `${jobsWords(counts.created)} added, ${counts.changed} changed.${runs} Put a ping into the lines of the new ones.`,
      )
      void navigate({ to: paths.jobs() })
    },
  })
  const label = chosen.length > 0 ? `Import ${jobsWords(chosen.length)}` : 'Import'
  const not = preview ? 'Nothing that is ticked is new or has changed.' : 'Give a file first.'
  return (
    <Page
      title={title}
      fill={!phone}
      acts={
        <>
          <Act label="Cancel" k="Escape" to={paths.jobs()} />
          <Act
            label={label}
            k="mod+Enter"
            kind="primary"
            busy={write.busy || read.busy}
            not={chosen.length === 0 && pastRunsIn(preview) === 0 && !preview?.amounts && not}
            run={() => write.run(undefined)}
          />
        </>
      }
    >
      {write.failed && (
        <div role="alert">
          <Callout tone="down">{write.failed}</Callout>
        </div>
      )}
      <Columns of="minmax(300px, 2fr) minmax(0, 4fr)" fill={!phone}>
        <ImportFile draft={draft} change={change} busy={read.busy} problems={read.problems} failed={read.failed} />
        <ImportList preview={preview} ticked={ticked} setTicked={setTicked} fill={!phone} />
      </Columns>
    </Page>
  )
}
