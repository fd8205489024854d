import { Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { api, query } from '../../api.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Empty, Failed, Loading } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './catalog.module.css'
import { usePolicies } from './data.ts'
import type { Service } from './words.ts'

type Policy = Awaited<ReturnType<typeof api.oncall.policy>>
type Target = Policy['steps'][number]['targets'][number]

const policyKeys = [query.oncall.policies.key()] as const

/** The policy by which pages about a service go: its own, else the one of its owner when there is just one. */
export const policyOf = (service: Service, policies: readonly Policy[]) => {
  const own = policies.find(({ services }) => services.some(({ id }) => id === service.id))
  const ofTeam = policies.filter(({ team }) => team !== null && team.id === service.ownerTeam?.id)
  return { own, ofTeam }
}

const TargetWords = ({ of }: { of: Target }) => {
  if (of.kind === 'user') return <b>{of.name}</b>
  if (of.kind === 'team')
    return (
      <>
        all of <b>{of.name}</b>
      </>
    )
  return (
    <>
      on call for {of.name}:{' '}
      {of.now.length > 0 ? <b>{of.now.join(', ')}</b> : <b className={styles.nobody}>nobody now</b>}
    </>
  )
}

/** Whom pages turn to, and when, counted from the start. */
export function Steps({ of }: { of: Policy }) {
  let total = 0
  return (
    <dl className={styles.steps}>
      {of.steps.map((step, index) => {
        total += step.delayMinutes
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name but its place
          <div key={index}>
            <dt className="faint">{total === 0 ? 'at once' : `+ ${total} min`}</dt>
            <dd>
              {step.targets.map((target) => (
                <div key={`${target.kind} ${target.id}`}>
                  <TargetWords of={target} />
                </div>
              ))}
            </dd>
          </div>
        )
      })}
      {of.repeats > 0 && (
        <div>
          <dt className="faint">then</dt>
          <dd className="muted">the same again, {of.repeats === 1 ? 'once more' : `${of.repeats} times more`}</dd>
        </div>
      )}
    </dl>
  )
}

function Form({ service, policies, onClose }: { service: Service; policies: readonly Policy[]; onClose: () => void }) {
  const { own } = policyOf(service, policies)
  const [chosen, setChosen] = useState<string | null>(own?.id ?? null)
  const refresh = useRefresh(policyKeys)
  const assign = async (to: string | null, from: string | undefined) => {
    if (to) await api.oncall.assignPolicy({ id: to, serviceId: service.id })
    else if (from) await api.oncall.unassignPolicy({ id: from, serviceId: service.id })
  }
  const shown = policies.find(({ id }) => id === chosen)
  const act = useAct(() => assign(chosen, own?.id), {
    fields: ['id'],
    refresh: policyKeys,
    done: () => {
      toast(
        shown
          ? `Pages about ${service.name} go by ${shown.name}.`
          : `${service.name} has no policy of its own any more.`,
        {
          undo: async () => {
            await assign(own?.id ?? null, chosen ?? undefined)
            await refresh()
          },
        },
      )
      onClose()
    },
  })
  return (
    <DialogForm act="Save" onSubmit={() => act.run(undefined)} onClose={onClose} busy={act.busy} failed={act.failed}>
      <Select
        label="Escalation policy"
        description="Without one of its own, pages go by a policy of its owner."
        placeholder="none of its own"
        data-autofocus
        searchable
        openOnFocus={false}
        clearable
        data={policies.map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        onChange={setChosen}
        error={act.problems.id}
      />
      {shown && <Steps of={shown} />}
    </DialogForm>
  )
}

export const PolicyForm = ({
  service,
  opened,
  onClose,
}: {
  service: Service
  opened: boolean
  onClose: () => void
}) => {
  const policies = usePolicies()
  return (
    <Dialog opened={opened} onClose={onClose} title={`Who is paged for ${service.name}`}>
      {policies.data && <Form service={service} policies={policies.data.items} onClose={onClose} />}
    </Dialog>
  )
}

/** Who is paged when it breaks. */
export function PolicyPanel({ service, act }: { service: Service; act: ReactNode }) {
  const may = useMay('schedule.read') !== undefined
  const policies = usePolicies()
  if (!may) return null
  if (!policies.data)
    return (
      <Panel title="Who is paged">
        {policies.isError ? (
          <Failed
            what="The policies could not be loaded."
            error={policies.error}
            retry={() => void policies.refetch()}
          />
        ) : (
          <Loading lines={3} />
        )}
      </Panel>
    )
  const { own, ofTeam } = policyOf(service, policies.data.items)
  const shown = own ?? (ofTeam.length === 1 ? ofTeam[0] : undefined)
  if (!shown && ofTeam.length === 0)
    return (
      <Panel title="Who is paged">
        <Empty title="Nobody: it has no escalation policy." act={act}>
          Neither has its owner. A ticket about it waits in the queue until somebody looks.
        </Empty>
      </Panel>
    )
  return (
    <Panel title="Who is paged" right={act} pad>
      {shown ? (
        <>
          <p className={styles.open}>
            <Link to={paths.policy(shown.id)} className={styles.touch}>
              {shown.name}
            </Link>{' '}
            {!own && <span className="faint">the policy of {service.ownerTeam?.name}</span>}
          </p>
          <Steps of={shown} />
        </>
      ) : (
        <p className="muted">
          By the oldest policy of {service.ownerTeam?.name}: {ofTeam.map(({ name }) => name).join(', ')}.
        </p>
      )}
    </Panel>
  )
}
