import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { toast } from '../../ui/toast.ts'
import { typeKeys } from './data.ts'
import { TypeEditor } from './TypeEditor.tsx'
import { emptyType, type TypeDraft, typeInput } from './type-draft.ts'
import { typeFields } from './words.ts'

/** Puts something new into the catalogue. */
export function NewRequestType() {
  const navigate = useNavigate()
  const [start] = useState(emptyType)
  const act = useAct((draft: TypeDraft) => api.requests.types.create({ slug: draft.slug, ...typeInput(draft) }), {
    fields: typeFields,
    refresh: typeKeys,
    done: ({ name }) => {
      toast(`${name} can be asked for now.`)
      void navigate({ to: paths.requestTypes() })
    },
  })
  return <TypeEditor title="New request type" start={start} act={act} save="Add it" />
}
