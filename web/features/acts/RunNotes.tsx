import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../api.ts'
import { Act } from '../../ui/Act.tsx'
import { Moment, Timeline } from '../../ui/Timeline.tsx'
import { NoteDialog } from './NoteDialogs.tsx'

/** What people noted on a run, and a way to add to it. */
export function RunNotes({ job, runId }: { job: { id: string; name: string }; runId: string }) {
  const [asked, setAsked] = useState(false)
  const notes = useQuery(query.system.events.queryOptions({ input: { about: `run:${runId}`, limit: 50 } })).data?.items
  return (
    <div>
      {notes && notes.length > 0 && (
        <Timeline label="Notes">
          {notes.map(({ id, at, text }) => (
            <Moment key={id} at={at} full>
              {text}
            </Moment>
          ))}
        </Timeline>
      )}
      <Act label="Note on this run" run={() => setAsked(true)} />
      {asked && <NoteDialog job={job} runId={runId} onClose={() => setAsked(false)} />}
    </div>
  )
}
