import { Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { slugOf } from '../../../contract/slug.ts'
import { api } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct, useOpenedWith } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './catalog.module.css'
import { catalogKeys } from './data.ts'
import { CalendarSelect, OwnerSelect } from './Selects.tsx'
import { type Environment, environments, type Service, tierWords } from './words.ts'

const fields = [
  'name',
  'slug',
  'kind',
  'tier',
  'environments',
  'ownerTeamId',
  'calendarId',
  'description',
  'costPerHour',
  'currency',
] as const

/** What is new is proposed for the team of whoever has just one. */
const startOf = (service: Service | undefined, teams: readonly { id: string }[] = []) => ({
  name: service?.name ?? '',
  kind: service?.kind ?? ('business' as Service['kind']),
  tier: service?.tier ?? 3,
  environments: service?.environments ?? (['prod'] as Environment[]),
  ownerTeamId: service ? (service.ownerTeam?.id ?? null) : (teams.length === 1 && teams[0]?.id) || null,
  calendarId: service?.calendar?.id ?? null,
  description: service?.description ?? '',
  costPerHour: service?.costPerHour ?? null,
  currency: service?.currency ?? null,
})

type Given = ReturnType<typeof startOf>

const kindWords = {
  business: 'What the business names: order entry, settlement.',
  technical: 'What others run on: a gateway, a database, a feed.',
}

function Form({ service, onClose }: { service: Service | undefined; onClose: () => void }) {
  const navigate = useNavigate()
  const teams = useMe().data?.teams
  const [given, setGiven] = useState<Given>(() => startOf(service, teams))
  const opened = useOpenedWith(service)
  const [slug, setSlug] = useState<string>()
  const [tried, setTried] = useState(false)
  const set = (part: Partial<Given>) => setGiven({ ...given, ...part })
  const shortName = slug ?? slugOf(given.name)
  const missing = {
    name: given.name.trim() ? undefined : 'A name is needed, as people say it.',
    environments: given.environments.length > 0 ? undefined : 'Choose at least one environment.',
    currency: given.costPerHour !== null && !given.currency ? 'Say in which currency, such as GBP.' : undefined,
  }
  const act = useAct(
    () =>
      service
        ? api.catalog.services.change({ id: service.id, ...given }, opened)
        : api.catalog.services.create({ ...given, slug: shortName }),
    {
      fields,
      refresh: catalogKeys,
      done: (saved) => {
        onClose()
        if (service) return void toast(`${saved.name} is saved.`)
        toast(`${saved.name} is added. What it depends on comes next.`)
        void navigate({ to: paths.service(saved.id) })
      },
    },
  )
  const wrong = (field: keyof typeof missing) => (tried ? missing[field] : undefined) ?? act.problems[field]
  const submit = () => {
    setTried(true)
    if (!Object.values(missing).some(Boolean)) act.run(undefined)
  }
  return (
    <DialogForm
      act={service ? 'Save' : 'Add the service'}
      onSubmit={submit}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
    >
      <div className={styles.pair}>
        <TextInput
          label="Name"
          data-autofocus
          value={given.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
          error={wrong('name')}
        />
        {service ? (
          <TextInput
            label="Short name"
            description="Addresses and files name the service by it. It cannot be changed."
            disabled
            value={service.slug}
          />
        ) : (
          <TextInput
            label="Short name"
            description="Addresses and files name the service by it. It cannot be changed later."
            classNames={{ input: 'mono' }}
            value={shortName}
            onChange={(event) => setSlug(event.currentTarget.value)}
            error={act.problems.slug}
          />
        )}
        <Select
          label="Kind"
          description={kindWords[given.kind]}
          data={[
            { value: 'business', label: 'business service' },
            { value: 'technical', label: 'technical service' },
          ]}
          value={given.kind}
          onChange={(kind) => kind && set({ kind: kind as Service['kind'] })}
          error={act.problems.kind}
        />
        <Select
          label="Tier"
          description={`Tier ${given.tier}: ${tierWords[given.tier]}.`}
          data={[1, 2, 3, 4].map((tier) => ({ value: String(tier), label: `tier ${tier}` }))}
          value={String(given.tier)}
          onChange={(tier) => tier && set({ tier: Number(tier) })}
          error={act.problems.tier}
        />
        <OwnerSelect
          of="service"
          value={given.ownerTeamId}
          onChange={(ownerTeamId) => set({ ownerTeamId })}
          error={act.problems.ownerTeamId}
        />
        <CalendarSelect
          value={given.calendarId}
          onChange={(calendarId) => set({ calendarId })}
          error={act.problems.calendarId}
        />
      </div>
      <Checkbox.Group
        label="Runs in"
        value={given.environments}
        onChange={(next) => set({ environments: environments.filter((one) => next.includes(one)) })}
        error={wrong('environments')}
      >
        <div className={styles.ticks}>
          {environments.map((environment) => (
            <Checkbox key={environment} value={environment} label={environment} />
          ))}
        </div>
      </Checkbox.Group>
      <Textarea
        label="What it is"
        description="A sentence or two: what it does, and for whom."
        value={given.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
        error={act.problems.description}
      />
      <div className={styles.pair}>
        <NumberInput
          label="Cost of an hour without it"
          description="Leave it empty when it is not known."
          min={0}
          allowDecimal={false}
          thousandSeparator=","
          value={given.costPerHour ?? ''}
          onChange={(cost) => set({ costPerHour: typeof cost === 'number' ? cost : null })}
          error={act.problems.costPerHour}
        />
        <TextInput
          label="Currency"
          placeholder="GBP"
          maxLength={3}
          value={given.currency ?? ''}
          onChange={(event) => set({ currency: event.currentTarget.value.toUpperCase() || null })}
          error={wrong('currency')}
        />
      </div>
    </DialogForm>
  )
}

/** A new service, or a change to one. */
export const ServiceForm = ({
  opened,
  onClose,
  service,
}: {
  opened: boolean
  onClose: () => void
  service?: Service
}) => (
  <Dialog opened={opened} onClose={onClose} title={service ? `Change ${service.name}` : 'New service'} wide>
    <Form service={service} onClose={onClose} />
  </Dialog>
)
