import { Chip, TextInput } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useMe } from '../../parts/frame-data.ts'
import { useAct, useOpenedWith } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { DialogForm } from '../../ui/DialogForm.tsx'
import { localZone } from '../../ui/time.ts'
import { toast } from '../../ui/toast.ts'
import { ZoneSelect } from '../../ui/ZoneSelect.tsx'
import styles from './catalog.module.css'
import { catalogKeys } from './data.ts'
import { type CutOff, cutOffTime, dayName, type Service } from './words.ts'

const fields = ['name', 'atTime', 'zone', 'days'] as const

function Form({ service, cutOff, onClose }: { service: Service; cutOff: CutOff | undefined; onClose: () => void }) {
  const me = useMe()
  const opened = useOpenedWith(service)
  const [name, setName] = useState(cutOff?.name ?? '')
  const [atTime, setAtTime] = useState(cutOff?.atTime ?? '')
  const [zone, setZone] = useState(cutOff?.zone ?? me.data?.zone ?? localZone())
  const [days, setDays] = useState<readonly number[]>(cutOff?.days ?? [1, 2, 3, 4, 5])
  const [tried, setTried] = useState(false)
  const missing = {
    name: name.trim() ? undefined : 'A name is needed, such as CREST or London open.',
    atTime: /^\d\d:\d\d$/.test(atTime) ? undefined : 'A time of day is needed, such as 07:45.',
    days: days.length > 0 ? undefined : 'Choose at least one day.',
  }
  const act = useAct(
    () => {
      const given = { id: service.id, name, atTime, zone, days: [...days] }
      return cutOff
        ? api.catalog.services.changeCutOff({ ...given, cutOffId: cutOff.id }, opened)
        : api.catalog.services.addCutOff(given)
    },
    {
      fields,
      refresh: catalogKeys,
      done: () => {
        toast(
          cutOff ? `${name} is saved.` : `${service.name} must be ready by ${name}, ${cutOffTime({ atTime, zone })}.`,
        )
        onClose()
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
      act={cutOff ? 'Save' : 'Add the cut-off'}
      onSubmit={submit}
      onClose={onClose}
      busy={act.busy}
      failed={act.failed}
    >
      <TextInput
        label="Name"
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={wrong('name')}
      />
      <div className={styles.pair}>
        <TextInput
          label="Ready or done by"
          type="time"
          value={atTime}
          onChange={(event) => setAtTime(event.currentTarget.value)}
          error={wrong('atTime')}
        />
        <ZoneSelect label="By the clocks of" value={zone} onChange={setZone} error={act.problems.zone} />
      </div>
      <fieldset className={styles.days}>
        <legend>On</legend>
        <Chip.Group multiple value={days.map(String)} onChange={(next) => setDays(next.map(Number).sort())}>
          {[1, 2, 3, 4, 5, 6, 7].map((day) => (
            <Chip key={day} value={String(day)} size="xs" classNames={{ label: styles.day }}>
              {dayName(day)}
            </Chip>
          ))}
        </Chip.Group>
        {wrong('days') && <p className={styles.wrong}>{wrong('days')}</p>}
      </fieldset>
      <p className="faint">The nearer the next cut-off, the more urgent a ticket about {service.name}.</p>
    </DialogForm>
  )
}

/** A new cut-off, or a change to one. */
export const CutOffForm = ({
  service,
  cutOff,
  opened,
  onClose,
}: {
  service: Service
  cutOff: CutOff | undefined
  opened: boolean
  onClose: () => void
}) => (
  <Dialog opened={opened} onClose={onClose} title={cutOff ? `Change ${cutOff.name}` : `New cut-off of ${service.name}`}>
    <Form service={service} cutOff={cutOff} onClose={onClose} />
  </Dialog>
)
