import { Button, Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import { api } from '../../api.ts'
import { useAct, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { Panel } from '../../ui/Panel.tsx'
import { toast } from '../../ui/toast.ts'
import { oncallKeys, type Policy, useMayFor, usePolicies, useServices } from './data.ts'
import styles from './oncall.module.css'

type Given = { id: string; name: string; before: Policy | undefined }

/** Which services are escalated by a policy; others can be given it, and it can be taken from each. */
export function PolicyServices({ policy }: { policy: Policy }) {
  const field = useRef<HTMLInputElement>(null)
  const services = useServices()
  const policies = usePolicies()
  const mayFor = useMayFor('policy.write')
  const refresh = useRefresh(oncallKeys)
  const ownerOf = (id: string) => services.data?.find((one) => one.id === id)?.ownerTeam?.id
  const policyOf = (id: string) => policies.data?.items.find((one) => one.services.some((service) => service.id === id))
  const give = useAct(({ id }: Given) => api.oncall.assignPolicy({ id: policy.id, serviceId: id }), {
    refresh: oncallKeys,
    done: (_, { id, name, before }) => {
      toast(`${name} is escalated by ${policy.name}${before ? `, no longer by ${before.name}` : ''}.`, {
        undo: async () => {
          if (before) await api.oncall.assignPolicy({ id: before.id, serviceId: id })
          else await api.oncall.unassignPolicy({ id: policy.id, serviceId: id })
          await refresh()
        },
      })
    },
  })
  const take = useAct(
    (service: { id: string; name: string }) => api.oncall.unassignPolicy({ id: policy.id, serviceId: service.id }),
    {
      refresh: oncallKeys,
      done: (_, { id, name }) => {
        toast(`${name} is escalated by the policy of its team from now on.`, {
          undo: async () => {
            await api.oncall.assignPolicy({ id: policy.id, serviceId: id })
            await refresh()
          },
        })
      },
    },
  )
  const others = (services.data ?? []).filter(
    ({ id, ownerTeam }) => !mayFor(ownerTeam?.id) && !policy.services.some((service) => service.id === id),
  )
  return (
    <Panel title="Services" words={`${policy.services.length === 0 ? 'none is' : 'those that are'} escalated by it`}>
      <ul className={styles.list}>
        {policy.services.map((service) => {
          const not = mayFor(ownerOf(service.id))
          return (
            <li key={service.id} className={styles.service}>
              <Link to={paths.service(service.id)} className="clip">
                {service.name}
              </Link>
              <Button
                onClick={() => take.run(service)}
                disabled={Boolean(not) || take.busy}
                title={not}
                aria-label={`Take the policy from ${service.name}`}
              >
                Remove
              </Button>
            </li>
          )
        })}
      </ul>
      {others.length > 0 && (
        <div className={styles.adder}>
          <Select
            ref={field}
            aria-label="Give it to a service"
            placeholder="Give it to a service"
            {...findByTyping}
            data={others.map(({ id, name }) => ({ value: id, label: name }))}
            value={null}
            disabled={give.busy}
            onChange={(id) => {
              const found = others.find((one) => one.id === id)
              if (!found) return
              // A field that is disabled for a moment keeps the focus or loses it, as the frames fall; keys are for the page.
              field.current?.blur()
              give.run({ ...found, before: policyOf(found.id) })
            }}
            nothingFoundMessage="No service of your teams has such a name."
            renderOption={({ option }) => (
              <>
                <span>{option.label}</span>
                <span className="faint clip" style={{ marginLeft: 'auto', paddingLeft: 12 }}>
                  {policyOf(option.value)?.name ?? 'none of its own'}
                </span>
              </>
            )}
          />
        </div>
      )}
    </Panel>
  )
}
