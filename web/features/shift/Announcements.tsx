import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Announcement } from '../../../contract/shift/index.ts'
import { api, query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { Act } from '../../ui/Act.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Markdown } from '../../ui/Markdown.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useStill } from '../../ui/still.ts'
import { Ago, Stamp } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { AnnounceForm } from './AnnounceForm.tsx'
import styles from './shift.module.css'

const { announcements } = query.shift
const refresh = [announcements.key()]
refreshOn('announcement.', () => refresh)

type Writing = { writing: boolean; setWriting: (on: boolean) => void }

/** A phone has no key for it. */
export const AnnounceButton = ({ setWriting }: Pick<Writing, 'setWriting'>) =>
  useMay('announcement.write') !== undefined && <Button onClick={() => setWriting(true)}>Announce something</Button>

/** What everybody at the desk should know now; nothing at all when there is nothing. */
export function Announcements({ wall, writing, setWriting }: { wall: boolean } & Writing) {
  const may = useMay('announcement.write') !== undefined && !wall
  // What is over by time alone goes without an event.
  const found = useQuery({ ...announcements.list.queryOptions({ input: {} }), refetchInterval: 60_000 })
  const shown = useStill(found.data?.items)
  useKeys([{ key: 'N', label: 'Announce something', hint: 'to everybody at the desk', run: () => setWriting(true) }], {
    when: may,
  })
  return (
    <>
      {shown?.map((one) => (
        <One key={one.id} announcement={one} may={may} wall={wall} />
      ))}
      <Dialog opened={writing} onClose={() => setWriting(false)} title="Announce something to everybody at the desk">
        <AnnounceForm refresh={refresh} onClose={() => setWriting(false)} />
      </Dialog>
    </>
  )
}

function One({
  announcement: { id, title, body, by, at, until },
  may,
  wall,
}: {
  announcement: Announcement
  may: boolean
  wall: boolean
}) {
  const again = useRefresh(refresh)
  const end = useAct(() => api.shift.announcements.end({ id }), {
    refresh,
    done: () =>
      toast('The announcement is ended.', {
        undo: async () => {
          await api.shift.announcements.restore({ id })
          await again()
        },
      }),
  })
  return (
    <Panel
      title={<span className={styles.title}>{title}</span>}
      words={
        <>
          {by}, <Ago at={at} />
          {until && (
            <>
              , until <Stamp at={until} />
            </>
          )}
        </>
      }
      right={may && <Act label="End it" hint={title} busy={end.busy} run={() => end.run(undefined)} />}
      pad={body !== ''}
    >
      {body && (
        <div className={wall ? styles.begins : undefined}>
          <Markdown text={body} />
        </div>
      )}
    </Panel>
  )
}
