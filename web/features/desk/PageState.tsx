import type { PageView } from '../../../contract/oncall/index.ts'
import { Status } from '../../ui/Marks.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { lastAsked } from './paging.ts'

const names = (page: PageView) => {
  const asked = lastAsked(page).map(({ user }) => user?.name)
  return asked.length > 0 ? asked.join(', ') : 'nobody yet'
}

/** Where a page stands, in a sentence. */
export function PageState({ page }: { page: PageView }) {
  if (page.state === 'paging')
    return (
      <Status tone="warn">
        <span>
          Paging since <Stamp at={page.startedAt} />: {names(page)}, no answer yet.
        </span>
      </Status>
    )
  if (page.state === 'exhausted')
    return (
      <Status tone="down">
        <span>Nobody acknowledged, and the policy has run out.</span>
      </Status>
    )
  if (page.acknowledgedBy)
    return (
      <Status tone="ok">
        <span>
          {page.acknowledgedBy.name} acknowledged
          {page.acknowledgedAt && (
            <>
              {' '}
              at <Stamp at={page.acknowledgedAt} />
            </>
          )}
          {page.state === 'done' && '; it is over'}.
        </span>
      </Status>
    )
  return (
    <Status tone="off">
      <span>Over before anybody acknowledged.</span>
    </Status>
  )
}
