import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct, useOpenedWith, useRefresh } from '../../parts/use-act.ts'
import { mayFor } from '../../parts/use-may-for.ts'
import { paths } from '../../paths.ts'
import { statusOf } from '../../problem.ts'
import { Act } from '../../ui/Act.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import { useParam } from '../../ui/url.ts'
import { typeKeys, useRequestType } from './data.ts'
import { TypeEditor } from './TypeEditor.tsx'
import { type TypeDraft, typeDraftOf, typeInput } from './type-draft.ts'
import { stageWords, type TypeView, typeFields } from './words.ts'

/** A request type: to change for the leads of its team, to read for others. */
export function EditRequestType() {
  const slug = useParam('slug')
  const found = useRequestType(slug)
  const me = useMe().data
  const type = found.data
  if (type && me)
    return mayFor(me, 'request_type.write', type.team?.id ?? null) ? (
      <Edit key={type.id} type={type} />
    ) : (
      <Read type={type} />
    )
  return (
    <Page title="Request type">
      <Panel>
        {statusOf(found.error) === 404 ? (
          <Empty
            title="There is no such request type."
            act={<Link to={paths.requestTypes()}>All request types</Link>}
          />
        ) : found.isError ? (
          <Failed what="It could not be read." error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Loading />
        )}
      </Panel>
    </Page>
  )
}

function Edit({ type }: { type: TypeView }) {
  const navigate = useNavigate()
  const refresh = useRefresh(typeKeys)
  const { id, name } = type
  const [start] = useState(() => typeDraftOf(type))
  const opened = useOpenedWith(type)
  const back = () => void navigate({ to: paths.requestTypes() })
  const act = useAct((draft: TypeDraft) => api.requests.types.change({ id, ...typeInput(draft) }, opened), {
    fields: typeFields,
    refresh: typeKeys,
    done: (saved) => {
      toast(
        saved.formVersion > type.formVersion
          ? `${saved.name} is changed; requests that were made keep the form that they were filled with.`
          : `${saved.name} is changed.`,
      )
      back()
    },
  })
  const retired = type.retiredAt !== null
  const turn = useAct(() => (retired ? api.requests.types.restore({ id }) : api.requests.types.retire({ id })), {
    refresh: typeKeys,
    done: () => {
      toast(retired ? `${name} can be asked for again.` : `${name} cannot be asked for any more.`, {
        undo: async () => {
          await (retired ? api.requests.types.retire({ id }) : api.requests.types.restore({ id }))
          await refresh()
        },
      })
      back()
    },
  })
  return (
    <TypeEditor
      title={name}
      known={type}
      start={start}
      act={act}
      save="Save"
      chips={retired ? <Status tone="off">retired</Status> : <span className="faint">version {type.formVersion}</span>}
      acts={
        <Act
          label={retired ? 'Offer it again' : 'Retire'}
          k="d"
          kind={retired ? 'plain' : 'danger'}
          busy={turn.busy}
          run={() => turn.run(undefined)}
        />
      }
    />
  )
}

const Read = ({ type }: { type: TypeView }) => (
  <Page title={type.name} chips={type.retiredAt && <Status tone="off">retired</Status>}>
    <Panel label="The request type" pad>
      <Facts
        as="rows"
        of={[
          { label: 'What it is', value: type.description },
          { label: 'Category', value: type.category },
          { label: 'Fulfilled by', value: type.team?.name },
          {
            label: 'Asks for',
            value: Object.values(type.form.properties)
              .map(({ title }) => title)
              .join(', '),
          },
          { label: 'Approval', value: type.approvals.map(stageWords).join(' Then: ') || 'none' },
          { label: 'Checklist', value: type.checklist.map(({ title }) => title).join('; ') || 'none' },
        ]}
      />
    </Panel>
  </Page>
)
