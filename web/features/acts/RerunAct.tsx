import { useState } from 'react'
import { actWords } from '../../../contract/acts/index.ts'
import { Act } from '../../ui/Act.tsx'
import type { JobDetail } from '../jobs/data.ts'
import { useWhyNot } from '../monitors/data.ts'
import { ActDialog } from './ActDialog.tsx'
import { useOffers } from './data.ts'

/** Run a failed job again, where its scheduler can be told to: what one opens its page for on a phone. */
export function RerunAct({ job }: { job: JobDetail }) {
  const offers = (useOffers(job.id).data?.items ?? []).filter(({ act }) => act === 'rerun')
  const whyNot = useWhyNot('action.run')(job.team)
  const [asked, setAsked] = useState(false)
  if (offers.length === 0) return null
  return (
    <>
      <Act
        label={actWords.rerun.title}
        k="r"
        run={() => setAsked(true)}
        not={whyNot ?? (offers.every(({ not }) => not !== null) ? offers[0]?.not : undefined)}
      />
      {asked && <ActDialog job={job} act="rerun" onClose={() => setAsked(false)} />}
    </>
  )
}
