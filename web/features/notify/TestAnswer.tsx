import { useQuery } from '@tanstack/react-query'
import type { DeliveryView } from '../../../contract/notify/index.ts'
import { query } from '../../api.ts'
import { Status } from '../../ui/Marks.tsx'
import { Ago } from '../../ui/Time.tsx'
import { duration } from '../../ui/time.ts'
import styles from './notify.module.css'

const over = (state: DeliveryView['state']) => ['sent', 'delivered', 'failed', 'cancelled', 'bundled'].includes(state)
const last = (of: DeliveryView) => of.attempts.at(-1)

/** 'in 84 ms': how long the other side took to answer. */
const took = (of: DeliveryView): string => {
  const attempt = last(of)
  return attempt?.finishedAt ? ` in ${duration(Date.parse(attempt.finishedAt) - Date.parse(attempt.startedAt))}` : ''
}

function Words({ of }: { of: DeliveryView }) {
  const detail = last(of)?.detail ?? ''
  if (of.state === 'sent' || of.state === 'delivered')
    return (
      <>
        <Status tone="ok">taken{took(of)}</Status>
        <span className="muted">
          {detail || of.receipt} Look whether it arrived.
          {of.mayRepeat && ' It may arrive twice.'}
        </span>
      </>
    )
  if (over(of.state))
    return (
      <>
        <Status tone="down">not delivered</Status>
        <span className="muted">{of.lastError ?? detail}</span>
      </>
    )
  if (of.lastError)
    return (
      <>
        <Status tone="warn">
          attempt {of.attempts.length} failed, the next <Ago at={of.dueAt} />
        </Status>
        <span className="muted">{of.lastError}</span>
      </>
    )
  return <Status tone="off">sending…</Status>
}

const Answer = ({ of, label }: { of: DeliveryView | undefined; label: string }) => (
  <div className={styles.answer} role="status" aria-label={label}>
    {of ? <Words of={of} /> : <Status tone="off">sending…</Status>}
  </div>
)

/** Until it is over, it is looked at each half second: the live feed may be away. */
const pace = (of: DeliveryView | undefined) => (of && over(of.state) ? false : 500)

/** What became of a test, as it happens: taken by the other side, refused, or tried again. */
export function TestAnswer({ deliveryId }: { deliveryId: string }) {
  const found = useQuery({
    ...query.notify.delivery.queryOptions({ input: { id: deliveryId } }),
    refetchInterval: ({ state }) => pace(state.data),
  })
  return <Answer of={found.data} label="Answer to the test" />
}

/** What became of the last code that was sent to a contact method. */
export function CodeAnswer({ methodId }: { methodId: string }) {
  const found = useQuery({
    ...query.notify.deliveries.queryOptions({ input: { subject: `method:${methodId}`, limit: 1 } }),
    refetchInterval: ({ state }) => pace(state.data?.items[0]),
  })
  if (!found.data?.items[0]) return null
  return <Answer of={found.data.items[0]} label="What became of the code" />
}
