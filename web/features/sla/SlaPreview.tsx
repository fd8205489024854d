import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { SlaClockName } from '../../../contract/sla/index.ts'
import { query } from '../../api.ts'
import { ServiceIdSelect } from '../../parts/ServiceSelect.tsx'
import { Priority } from '../../ui/Marks.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { type PolicyDraft, policyInput } from './policy-draft.ts'
import styles from './sla.module.css'

const words: Record<SlaClockName, string> = {
  first_response: 'First response',
  update: 'Next update',
  resolution: 'Resolution',
  cut_off: 'Cut-off',
}
const order: readonly SlaClockName[] = ['first_response', 'update', 'resolution', 'cut_off']

/** When a ticket that is opened now would be due, computed by the same function that measures real ones. */
export function SlaPreview({ draft, wrong }: { draft: PolicyDraft; wrong: boolean }) {
  const [chosen, setChosen] = useState<string | null>()
  // A policy that is for a service is shown for that one.
  const serviceId = chosen === undefined ? (draft.serviceIds[0] ?? null) : chosen
  const [settled] = useDebouncedValue(draft, 300)
  const { targets, calendarId, warnPercent, cutOffs } = policyInput(settled)
  const preview = useQuery({
    ...query.sla.preview.queryOptions({
      input: { targets, calendarId, warnPercent, cutOffs, ...(serviceId && { serviceId }) },
    }),
    enabled: !wrong,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 10_000,
    refetchInterval: 60_000,
  })
  const { data } = preview
  return (
    <Panel title="Opened now, it would be due">
      <div className={styles.previewHead}>
        <ServiceIdSelect label="For a ticket about" placeholder="no service" value={serviceId} onChange={setChosen} />
      </div>
      {wrong && <p className={`muted ${styles.none}`}>It is shown again when the fields beside it can be read.</p>}
      {preview.isError && !data && !wrong && (
        <Failed what="It could not be computed." error={preview.error} retry={() => void preview.refetch()} />
      )}
      {!data && !preview.isError && !wrong && <Loading lines={5} />}
      {data && (
        <ul className={styles.preview} aria-live="polite">
          {data.priorities.map(({ priority, counted, clocks }, i) => (
            <li key={priority}>
              <Priority level={i + 1} />
              {clocks.length === 0 && <span className="faint">no target</span>}
              <dl aria-label={`A ${priority} opened now`}>
                {clocks
                  .toSorted((x, y) => order.indexOf(x.clock) - order.indexOf(y.clock))
                  .map((c) => (
                    <div key={`${c.clock} ${c.label}`} title={c.text}>
                      <dt className="muted">{c.label || words[c.clock]}</dt>
                      <dd>
                        {c.dueAt ? <Stamp at={c.dueAt} /> : <b className={styles.wrong}>no due time</b>}
                        {c.warnAt && (
                          <span className="faint">
                            , warned <Stamp at={c.warnAt} />
                          </span>
                        )}
                      </dd>
                    </div>
                  ))}
                {clocks.length > 0 && (
                  <div>
                    <dt className="muted">Counted</dt>
                    <dd className="muted">{counted}</dd>
                  </div>
                )}
              </dl>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
