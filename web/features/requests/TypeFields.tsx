import { Autocomplete, MultiSelect, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { RequestIcon } from '../../../contract/requests/words.ts'
import { query } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { ServiceIdSelect } from '../../parts/ServiceSelect.tsx'
import { mayFor } from '../../parts/use-may-for.ts'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { useRequestTypes } from './data.ts'
import styles from './requests.module.css'
import type { TypeDraft } from './type-draft.ts'
import { iconWords, type TypeView } from './words.ts'

type Props = {
  draft: TypeDraft
  set: (part: Partial<TypeDraft>) => void
  problems: Readonly<Record<string, string | undefined>>
  /** The type as it is, whose team or service may be archived by now. */
  known: TypeView | undefined
}

type Named = { id: string; name: string }
const options = (items: readonly Named[] | undefined, known: readonly (Named | null | undefined)[]) => {
  const all = items ?? []
  const gone = known.filter((one): one is Named => Boolean(one) && !all.some(({ id }) => id === one?.id))
  return [...gone, ...all].map(({ id, name }) => ({ value: id, label: name }))
}

export const useTeams = () =>
  useQuery(query.identity.teams.list.queryOptions({ input: { limit: 200 } })).data?.items ?? []

const slugged = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63)

/** What it is, who fulfils it, and who may ask. */
export function TypeFields({ draft, set, problems, known }: Props) {
  const me = useMe().data
  const teams = useTeams().filter(({ id }) => mayFor(me, 'request_type.write', id))
  const units = useQuery(query.catalog.businessUnits.list.queryOptions({ input: { limit: 200 } })).data?.items
  const types = useRequestTypes('all').data?.items ?? []
  return (
    <div className={styles.fields}>
      <div className={styles.pair}>
        <TextInput
          label="Name"
          placeholder="Read access"
          maxLength={120}
          autoComplete="off"
          value={draft.name}
          onChange={(event) => {
            const name = event.currentTarget.value
            set({ name, ...(!known && draft.slug === slugged(draft.name) && { slug: slugged(name) }) })
          }}
          error={problems.name}
        />
        <TextInput
          label="Short name"
          description={
            known
              ? 'Addresses and files name it so. It cannot be changed.'
              : 'Addresses and files name it so. It cannot be changed later.'
          }
          classNames={{ input: 'mono' }}
          disabled={known !== undefined}
          maxLength={63}
          value={draft.slug}
          onChange={(event) => set({ slug: event.currentTarget.value })}
          error={problems.slug}
        />
      </div>
      <Textarea
        label="What it is"
        description="A sentence or two for those who ask."
        maxLength={2000}
        value={draft.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
        error={problems.description}
      />
      <div className={styles.pair}>
        <Autocomplete
          label="Category"
          description="The heading under which it stands."
          maxLength={60}
          data={[...new Set(types.map(({ category }) => category))]}
          value={draft.category}
          onChange={(category) => set({ category })}
          error={problems.category}
        />
        <Select
          label="Icon"
          description="It stands beside the name in the catalogue."
          data={Object.entries(iconWords).map(([value, label]) => ({ value, label }))}
          value={draft.icon}
          onChange={(icon) => icon && set({ icon: icon as RequestIcon })}
        />
        <Select
          label="Fulfilled by"
          {...findByTyping}
          data={options(teams, [known?.team])}
          value={draft.teamId}
          onChange={(teamId) => set({ teamId })}
          error={problems.teamId}
        />
        <Select
          label="Priority"
          data={['1', '2', '3', '4', '5'].map((value) => ({ value, label: `P${value}` }))}
          value={String(draft.priority)}
          onChange={(priority) => priority && set({ priority: Number(priority) })}
          error={problems.priority}
        />
        <ServiceIdSelect
          label="About the service"
          placeholder="none"
          value={draft.serviceId}
          known={known?.service}
          onChange={(serviceId) => set({ serviceId })}
          error={problems.serviceId}
        />
        <MultiSelect
          label="Who may ask"
          {...findByTyping}
          placeholder={draft.businessUnitIds.length > 0 ? '' : 'everybody'}
          data={options(units, known?.businessUnits ?? [])}
          value={draft.businessUnitIds}
          onChange={(businessUnitIds) => set({ businessUnitIds })}
          error={problems.businessUnitIds}
        />
      </div>
    </div>
  )
}
