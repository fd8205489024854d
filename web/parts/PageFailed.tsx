import { Link } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { Page } from '../ui/Page.tsx'
import { Empty, Failed } from '../ui/States.tsx'

/** A page that broke while it was shown; what it was about is safe on the server. */
export const PageFailed = ({ error, reset }: { error: unknown; reset: () => void }) => (
  <Page title="This page failed">
    <Failed what="This page could not be shown." error={error} retry={reset} />
  </Page>
)

export const NotFound = () => (
  <Page title="Not found">
    <Empty title="There is no page at this address." act={<Link to={paths.floor()}>Go to the first page</Link>}>
      It may have been renamed, or you may not see what it showed.
    </Empty>
  </Page>
)
