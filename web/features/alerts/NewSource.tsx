import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { Page } from '../../ui/Page.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { sourceKeys, useKinds } from './data.ts'
import { NewSourceForm } from './NewSourceForm.tsx'
import { SourceConnected } from './SourceConnected.tsx'
import { sourceFields } from './source-draft.ts'

/** Connect a tool: choose its kind and say whose it is; then its key, once, and whether it is heard. */
export function NewSource() {
  const kinds = useKinds()
  const may = useMay('source.write')
  const [asked, setAsked] = useState('')
  const act = useAct((input: Parameters<typeof api.alerts.sources.create>[0]) => api.alerts.sources.create(input), {
    refresh: sourceKeys,
    fields: sourceFields,
    done: ({ id }) => setAsked(id),
  })
  if (act.output && asked === act.output.id) return <SourceConnected source={act.output} />
  if (!kinds.data || !may)
    return (
      <Page title="Connect a tool">
        {kinds.isError ? (
          <Failed
            what="The kinds of sources could not be read."
            error={kinds.error}
            retry={() => void kinds.refetch()}
          />
        ) : kinds.data ? (
          <Empty title="You may not connect tools.">A lead or an administrator may; ask one of them.</Empty>
        ) : (
          <Loading />
        )}
      </Page>
    )
  return <NewSourceForm kinds={kinds.data.items} act={act} />
}
