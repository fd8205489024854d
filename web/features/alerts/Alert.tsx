import { Page } from '../../ui/Page.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { useParam } from '../../ui/url.ts'
import { AlertView } from './AlertView.tsx'
import { useAlert } from './data.ts'

/** An alert: what is wrong, where it came from, why it stands where it stands, and what was done. */
export function Alert() {
  const id = useParam('id')
  const { data, isError, error, refetch } = useAlert(id)
  if (data) return <AlertView alert={data} />
  return (
    <Page title="Alert">
      {isError ? (
        <Failed what="The alert could not be read." error={error} retry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  )
}
