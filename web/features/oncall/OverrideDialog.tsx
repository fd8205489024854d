import { Button } from '@mantine/core'
import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { useNow } from '../../ui/now.ts'
import { useZone } from '../../ui/Time.tsx'
import { millis } from '../../ui/time.ts'
import { toast } from '../../ui/toast.ts'
import { type Override, oncallKeys } from './data.ts'
import { type Asked, OverrideForm } from './OverrideForm.tsx'
import { overrideWords, sentence, spanWords } from './words.ts'

const titleOf = ({ mine, removeUserId, to }: Asked): string => {
  if (mine) return 'Cover me'
  if (removeUserId) return 'Somebody else takes it'
  return to === undefined ? 'New override' : 'Put somebody on call'
}

/** Asks for an override: of a shift, of a gap, of my own shift, or of any time. */
export const OverrideDialog = ({ asked, onClose }: { asked: Asked | undefined; onClose: () => void }) => (
  <Dialog opened={asked !== undefined} onClose={onClose} title={asked ? titleOf(asked) : ''}>
    {asked && <OverrideForm asked={asked} onClose={onClose} />}
  </Dialog>
)

/** Takes an override away; one that has begun ends now. With its Undo, for what is left of it. */
export const useRemoveOverride = (scheduleId: string | undefined, done?: () => void) => {
  const refresh = useRefresh(oncallKeys)
  return useAct((override: Override) => api.oncall.removeOverride({ id: override.id }), {
    refresh: oncallKeys,
    done: (_, override) => {
      done?.()
      const undo = async () => {
        await api.oncall.addOverride({
          scheduleId: scheduleId ?? '',
          from: override.from,
          to: override.to,
          addUserId: override.add?.id ?? null,
          removeUserId: override.remove?.id ?? null,
          reason: override.reason,
        })
        await refresh()
      }
      toast(sentence(`The override is removed: ${overrideWords(override)}`), scheduleId ? { undo } : {})
    },
  })
}

/** An override that was made: what, why, by whom, and the way to remove it. */
export function ShownOverride(props: {
  override: Override
  scheduleId: string
  not: string | undefined
  onClose: () => void
}) {
  const { override, scheduleId, not, onClose } = props
  const zone = useZone()
  const now = useNow()
  const remove = useRemoveOverride(scheduleId, onClose)
  const over = millis(override.to) <= now
  return (
    <Dialog
      opened
      onClose={onClose}
      title={`Override: ${overrideWords(override)}`}
      acts={
        <>
          <Button onClick={onClose}>Close</Button>
          {!over && (
            <Button
              mod={{ danger: true }}
              loading={remove.busy}
              disabled={Boolean(not)}
              title={not}
              onClick={() => remove.run(override)}
              data-autofocus
            >
              {millis(override.from) < now ? 'End it now' : 'Remove it'}
            </Button>
          )}
        </>
      }
    >
      <Facts
        of={[
          { label: 'When', value: spanWords(override, zone) },
          override.reason !== '' && { label: 'Reason', value: override.reason },
          override.createdBy !== null && { label: 'Made by', value: override.createdBy.name },
        ]}
      />
    </Dialog>
  )
}
