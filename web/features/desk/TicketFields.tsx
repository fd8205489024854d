import { Checkbox, Select, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { PersonSelect } from '../../parts/PersonSelect.tsx'
import { ServiceSelect } from '../../parts/ServiceSelect.tsx'
import { findByTyping } from '../../ui/find-by-typing.ts'
import styles from './desk.module.css'
import { LevelRow } from './LevelRow.tsx'
import type { Environment, FieldsProps, Given } from './new-ticket.ts'
import { capital, environments, kinds } from './words.ts'

const ways: readonly { value: Given['via']; label: string }[] = [
  { value: 'desk', label: 'noticed at the desk' },
  { value: 'phone', label: 'phone' },
  { value: 'mail', label: 'mail' },
  { value: 'chat', label: 'chat' },
]

/** What the desk fills in. */
export function TicketFields({ given, set, problems, proposal }: FieldsProps) {
  const teams = useQuery(query.identity.teams.list.queryOptions({ input: { limit: 200 } }))
  const owner = proposal?.team
  return (
    <>
      <TextInput
        label="Title"
        name="title"
        maxLength={200}
        placeholder="What is broken or wanted, in a line"
        value={given.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        error={problems.title}
      />
      <div className={styles.three}>
        <Select
          label="Kind"
          data={kinds.map((kind) => ({ value: kind, label: kind }))}
          value={given.kind}
          onChange={(kind) => kind && set({ kind: kind as Given['kind'] })}
          error={problems.kind}
        />
        <ServiceSelect
          label="Service"
          value={given.service}
          onChange={(service) =>
            set({
              service,
              ...(service &&
                !service.environments.includes(given.environment) && {
                  environment: service.environments[0] ?? 'prod',
                }),
            })
          }
          error={problems.serviceId}
        />
        <Select
          label="Environment"
          data={[...(given.service?.environments ?? environments)]}
          value={given.environment}
          onChange={(next) => next && set({ environment: next as Environment })}
          error={problems.environment}
        />
      </div>
      <Textarea
        label="Description"
        placeholder="What is seen, since when, who is hurt, what was tried"
        minRows={4}
        value={given.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
        error={problems.description}
      />
      <div className={styles.pair}>
        <PersonSelect
          label="Who asks?"
          value={given.requester}
          onChange={(requester) => set({ requester })}
          error={problems.requesterId}
        />
        <Select
          label="How did it reach us?"
          data={[...ways]}
          value={given.via}
          onChange={(via) => via && set({ via: via as Given['via'] })}
          error={problems.via}
        />
      </div>
      <div className={styles.pair}>
        {(['impact', 'urgency'] as const).map((field) => (
          <LevelRow
            key={field}
            label={field === 'impact' ? 'Impact' : 'Urgency'}
            value={given[field]}
            byRule={proposal?.[field]}
            because={given[field] === 'rule' ? capital(proposal?.basis[field].because ?? '') : 'Set by hand.'}
            onChange={(next) => next !== 'same' && set({ [field]: next })}
          />
        ))}
      </div>
      <Select
        label="Team"
        description={
          given.team || owner
            ? undefined
            : given.service
              ? 'No team has this service; choose one, or it waits without a team.'
              : 'The team that owns the service, unless you choose another.'
        }
        placeholder={owner ? `${owner.name}, which owns the service` : 'No team'}
        {...findByTyping}
        clearable
        data={(teams.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={given.team?.id ?? null}
        onChange={(id) => set({ team: teams.data?.items.find((team) => team.id === id) ?? null })}
        error={problems.teamId}
      />
      <Checkbox
        label="Page somebody now"
        checked={given.page}
        onChange={(event) => set({ page: event.currentTarget.checked })}
        error={problems.page}
      />
    </>
  )
}
