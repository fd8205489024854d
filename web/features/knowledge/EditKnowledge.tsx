import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct, useOpenedWith } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Page } from '../../ui/Page.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import { useParam } from '../../ui/url.ts'
import { knowledgeKeys, useKnowledge } from './data.ts'
import { type Draft, draftFields, draftOf, inputOf } from './draft.ts'
import { ItemEditor } from './ItemEditor.tsx'
import { type Item, kindWords } from './words.ts'

/** Changes what is written; each save is a version. */
export function EditKnowledge() {
  const number = useParam('number').toUpperCase()
  const may = useMay('knowledge.write') !== undefined
  const found = useKnowledge(number)
  if (found.data && may && !found.data.can.change) return <Editing key={found.data.id} item={found.data} />
  return (
    <Page title={`Edit ${number}`}>
      {found.data ? (
        <Empty title="It cannot be changed now.">{found.data.can.change ?? 'The support teams may change it.'}</Empty>
      ) : found.isError ? (
        <Failed what={`${number} could not be loaded.`} error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  )
}

function Editing({ item }: { item: Item }) {
  const navigate = useNavigate()
  const { context } = useOpenedWith(item)
  const [start] = useState(() => draftOf(item))
  const back = paths.knowledgeItem(item.number)
  const act = useAct(
    ({ draft, why }: { draft: Draft; why: string }) => {
      const { kind: _, ...fields } = inputOf(draft)
      return api.knowledge.change({ id: item.id, ...fields, why }, { context })
    },
    {
      refresh: knowledgeKeys,
      fields: draftFields,
      done: ({ number, version }) => {
        toast(`${number} is saved as version ${version}.`)
        void navigate({ to: back })
      },
    },
  )
  return (
    <ItemEditor
      title={`Edit ${item.number}`}
      chips={<span className="faint">{kindWords[item.kind]}</span>}
      start={start}
      isNew={false}
      act={act}
      save="Save"
      back={back}
    />
  )
}
