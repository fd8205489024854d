import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import type { PhoneReading } from '../../../../contract/desk/phone.ts'
import { PersonSelect } from '../../../parts/PersonSelect.tsx'
import { ServiceSelect } from '../../../parts/ServiceSelect.tsx'
import { Chip } from '../../../ui/Chip.tsx'
import { Priority } from '../../../ui/Marks.tsx'
import styles from '../desk.module.css'
import { LevelRow } from '../LevelRow.tsx'
import type { Environment } from '../new-ticket.ts'
import { environments } from '../words.ts'
import own from './phone.module.css'
import { UnitSelect } from './UnitSelect.tsx'
import type { ByHand, callOf } from './use-call.ts'

type Props = {
  call: ReturnType<typeof callOf>
  read: PhoneReading | undefined
  hand: ByHand
  change: (change: ByHand) => void
  problems: Record<string, string | undefined>
  /** The open ticket that it is about; without one it becomes a ticket of its own. */
  to: string | undefined
  page: boolean
  setPage: (page: boolean) => void
}

type Named = { id: string; name: string }

/** What else a word could have meant: one press instead of typing. */
const Or = ({ of, choose }: { of: readonly Named[] | undefined; choose: (one: Named) => void }) =>
  of && of.length > 0 ? (
    <div className={own.or}>
      <span className="faint">or</span>
      {of.slice(0, 3).map((one) => (
        <Button key={one.id} size="compact-xs" onClick={() => choose(one)}>
          {one.name}
        </Button>
      ))}
    </div>
  ) : null

/** Where a level comes from that nobody chose by hand. */
const fromLine = (read: PhoneReading | undefined, field: 'impact' | 'urgency'): string | undefined =>
  read?.said[field] ? 'as said' : read?.said.priority ? `by P${read.said.priority}` : undefined

/** What was understood, to look over and to mend. */
export function CallFields({ call, read, hand, change, problems, to, page, setPage }: Props) {
  return (
    <>
      <div className={styles.pair}>
        <div>
          <PersonSelect
            label="Who calls?"
            value={call.person && { email: '', ...call.person }}
            onChange={(person) => change({ person })}
            error={problems.userId}
          />
          {hand.person === undefined && <Or of={read?.person?.others} choose={(person) => change({ person })} />}
        </div>
        <div>
          <UnitSelect
            label="From which desk?"
            value={call.unit}
            onChange={(unit) => change({ unit })}
            error={problems.businessUnitId}
          />
          {hand.unit === undefined && <Or of={read?.unit?.others} choose={(unit) => change({ unit })} />}
        </div>
      </div>
      <TextInput
        label="Title"
        name="title"
        maxLength={200}
        description={call.person ? `${call.person.name} reads it.` : undefined}
        value={call.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
        error={problems.title}
      />
      {call.since && (
        <div className={own.since}>
          <span className="muted">Since</span>
          <Chip onRemove={() => change({ since: null })}>{call.since.words}</Chip>
          {problems.since && <span role="alert">{problems.since}</span>}
        </div>
      )}
      {to && (
        <div className="muted">
          {call.person
            ? `${call.person.name} gets an own ticket under ${to}, and reads there what all are told.`
            : `The call is counted on ${to}, and what was said is kept there.`}
        </div>
      )}
      {!to && (
        <>
          <div className={own.where}>
            <div>
              <ServiceSelect
                label="Service"
                value={call.service}
                onChange={(service) => change({ service: service && { id: service.id, name: service.name } })}
                error={problems.serviceId}
              />
              {hand.service === undefined && (
                <Or of={read?.service?.others} choose={(service) => change({ service })} />
              )}
            </div>
            <Select
              label="Environment"
              data={[...environments]}
              value={call.environment}
              onChange={(next) => next && change({ environment: next as Environment })}
              error={problems.environment}
            />
          </div>
          <div className={styles.pair}>
            {(['impact', 'urgency'] as const).map((field) => (
              <LevelRow
                key={field}
                label={field === 'impact' ? 'Impact' : 'Urgency'}
                value={hand[field] ?? 'rule'}
                byRule={read?.[field]}
                from={fromLine(read, field)}
                because={hand[field] ? 'Set by hand.' : ''}
                onChange={(next) => next !== 'same' && change({ [field]: next === 'rule' ? undefined : next })}
              />
            ))}
          </div>
          {read && (
            <div>
              <Priority level={read.priority} /> <span className="muted">{read.reason}</span>
            </div>
          )}
          <Checkbox
            label="Page somebody now"
            checked={page}
            onChange={(event) => setPage(event.currentTarget.checked)}
            error={problems.page}
          />
        </>
      )}
    </>
  )
}
