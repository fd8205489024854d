import { Page } from '../../ui/Page.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { useParam } from '../../ui/url.ts'
import { useSource } from './data.ts'
import { SourceView } from './SourceView.tsx'

/** A source: whether it is heard, its keys, and what it sent last. */
export function Source() {
  const id = useParam('id')
  const { data, isError, error, refetch } = useSource(id)
  if (data) return <SourceView source={data} />
  return (
    <Page title="Source">
      {isError ? (
        <Failed what="The source could not be read." error={error} retry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  )
}
