import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api, query } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct, useOpenedWith } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { Ago, Stamp, useZone } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { UntilField } from '../../ui/UntilField.tsx'
import { isoOfWall, wallOf } from '../../ui/wall.ts'
import { alertKeys, holdKeys } from './data.ts'
import { EndHold } from './EndHold.tsx'
import { HoldPreview } from './HoldPreview.tsx'
import { whyNotHold } from './hold-rules.ts'
import { inWords, type Silence } from './words.ts'

const written = [...alertKeys, ...holdKeys]

/** A silence over its list: what it holds back now, its end and reason to change, and how to end it. */
export const SilenceView = ({ id, onClose }: { id: string; onClose: () => void }) => (
  <Dialog opened={id !== ''} onClose={onClose} title="Silence" wide>
    {id !== '' && <Read id={id} onClose={onClose} />}
  </Dialog>
)

function Read({ id, onClose }: { id: string; onClose: () => void }) {
  const silence = useQuery(query.alerts.silences.read.queryOptions({ input: { id } }))
  if (silence.data) return <Form silence={silence.data} onClose={onClose} />
  if (silence.isError)
    return <Failed what="The silence could not be read." error={silence.error} retry={() => void silence.refetch()} />
  return <Loading lines={6} />
}

function Form({ silence, onClose }: { silence: Silence; onClose: () => void }) {
  const zone = useZone()
  const me = useMe().data
  const opened = useOpenedWith(silence)
  const [until, setUntil] = useState(wallOf(silence.endsAt, zone))
  const [reason, setReason] = useState(silence.reason)
  const endsAt = isoOfWall(until, zone)
  const held = useQuery({
    ...query.alerts.silences.preview.queryOptions({
      input: { matchers: silence.matchers, ...(silence.team && { teamId: silence.team.id }) },
    }),
    enabled: silence.endedAt === null,
  })
  const act = useAct(
    (input: { endsAt?: string; reason?: string }) => api.alerts.silences.change({ id: silence.id, ...input }, opened),
    {
      refresh: written,
      fields: ['endsAt', 'reason'],
      done: () => {
        toast('The silence is changed.')
        onClose()
      },
    },
  )
  const changed = {
    ...(endsAt !== undefined && until !== wallOf(silence.endsAt, zone) && { endsAt }),
    ...(reason.trim() !== silence.reason && { reason }),
  }
  const not = silence.can.change ?? whyNotHold(silence, me)
  return (
    <DialogForm
      act="Change"
      onSubmit={() => act.run(changed)}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
      not={not ?? (Object.keys(changed).length === 0 && 'Nothing is changed yet.')}
    >
      <Facts
        as="rows"
        of={[
          { label: 'Silenced', value: inWords(silence.matchers) },
          { label: 'Of', value: silence.team?.name ?? 'all teams' },
          {
            label: 'By',
            value: (
              <>
                {silence.createdBy.name}{' '}
                <span className="faint">
                  <Ago at={silence.createdAt} />
                </span>
              </>
            ),
          },
          silence.endedAt !== null && { label: 'Ended', value: <Stamp at={silence.endedAt} /> },
        ]}
      />
      {silence.endedAt === null && (
        <HoldPreview preview={held} asked words={(count) => `${count === 1 ? 'is' : 'are'} held back by it now`} />
      )}
      {not === undefined && (
        <>
          <UntilField label="Until" value={until} onChange={setUntil} error={act.problems.endsAt} />
          <TextInput
            label="Why"
            autoComplete="off"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={act.problems.reason}
          />
          <EndHold
            what="the silence"
            end={() => api.alerts.silences.end({ id: silence.id })}
            not={silence.can.end}
            onDone={onClose}
          />
        </>
      )}
    </DialogForm>
  )
}
