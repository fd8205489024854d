import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../api.ts'
import { frameKeys } from '../../parts/frame-data.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { toast, toastError } from '../../ui/toast.ts'
import { alertKeys } from './data.ts'
import { type AlertRow, isOpen } from './words.ts'

type Some = readonly Pick<AlertRow, 'id' | 'title'>[]

const said = (rows: Some) => (rows.length === 1 ? `"${rows[0]?.title}"` : `${rows.length} alerts`)

/** Does it to each, a few at a time; the errors of those that failed are told, the others stand. */
export const toEach = async <Thing, Answer>(things: readonly Thing[], act: (thing: Thing) => Promise<Answer>) => {
  const answers: Answer[] = []
  const failed: unknown[] = []
  for (let at = 0; at < things.length; at += 6) {
    const batch = await Promise.allSettled(things.slice(at, at + 6).map(act))
    for (const one of batch) one.status === 'fulfilled' ? answers.push(one.value) : failed.push(one.reason)
  }
  if (answers.length === 0 && failed.length > 0) throw failed[0]
  if (failed.length > 0) toastError(failed[0])
  return answers
}

/** Acknowledge alerts, with its Undo. */
export const useAcknowledge = (done?: () => void) => {
  const refresh = useRefresh(alertKeys)
  const client = useQueryClient()
  return useAct((rows: Some) => toEach(rows, ({ id }) => api.alerts.acknowledge({ id })), {
    refresh: alertKeys,
    done: (acknowledged) => {
      void client.invalidateQueries({ queryKey: frameKeys.counts })
      const undo = async () => {
        await toEach(acknowledged, ({ id }) => api.alerts.unacknowledge({ id }))
        await refresh()
      }
      toast(`You have ${said(acknowledged)}.`, { undo })
      done?.()
    },
  })
}

/** Why these alerts cannot be acknowledged; undefined when one of them can. */
export const whyNotAcknowledge = (rows: readonly AlertRow[]): string | undefined => {
  if (rows.length === 0) return 'Choose an alert first: j and k move, x selects.'
  if (rows.some((row) => isOpen(row.status) && !row.acknowledgedAt)) return undefined
  const [first] = rows
  if (rows.length > 1 || !first) return 'All of them are over, or somebody has them.'
  return isOpen(first.status) ? `${first.acknowledgedBy ?? 'Somebody'} has it already.` : 'It is over.'
}
