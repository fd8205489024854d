import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Empty } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import { knowledgeKeys } from './data.ts'
import { type Draft, draftFields, emptyDraft, inputOf } from './draft.ts'
import { ItemEditor } from './ItemEditor.tsx'

/** Something new that is known; a draft until it is published. */
export function NewKnowledge() {
  const navigate = useNavigate()
  const may = useMay('knowledge.write') !== undefined
  const act = useAct(({ draft }: { draft: Draft; why: string }) => api.knowledge.create(inputOf(draft)), {
    refresh: knowledgeKeys,
    fields: draftFields,
    done: ({ number }) => {
      toast(`${number} is kept as a draft.`)
      void navigate({ to: paths.knowledgeItem(number) })
    },
  })
  if (!may)
    return (
      <Page title="New knowledge item">
        <Empty title="You may not write here.">The support teams may.</Empty>
      </Page>
    )
  return (
    <ItemEditor
      title="New knowledge item"
      chips={<span className="faint">a draft, until it is published</span>}
      start={emptyDraft('known_error')}
      isNew
      act={act}
      save="Keep as a draft"
      back={paths.knowledge()}
    />
  )
}
