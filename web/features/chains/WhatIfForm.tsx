import { Button, NumberInput, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { query } from '../../api.ts'
import { findByTyping } from '../../ui/find-by-typing.ts'
import { serverNow } from '../../ui/now.ts'
import { zoneName } from '../../ui/time.ts'
import { WhenField } from '../../ui/UntilField.tsx'
import { isoOfWall, wallOf } from '../../ui/wall.ts'
import { useJob } from '../jobs/data.ts'
import { SpanField } from '../jobs/SpanField.tsx'
import styles from './chains.module.css'
import type { Night } from './data.ts'
import { type Given, type Kind, kinds, kindWords } from './what-if.ts'

const hour = 3_600_000

/** The job to act on, else one that runs, else the last one. */
const firstOf = (night: Night): string | null =>
  night.culprit?.job.id ??
  night.jobs.find(({ phase }) => phase === 'running' || phase === 'failed')?.id ??
  night.deadline.jobId

/** One thing that somebody might do. */
export function WhatIfForm({ night, onAdd }: { night: Night; onAdd: (act: Given) => void }) {
  const { zone } = night
  const [kind, setKind] = useState<Kind>('finish')
  const [jobId, setJobId] = useState(() => firstOf(night))
  const [seconds, setSeconds] = useState<number | undefined>(30 * 60)
  const [wall, setWall] = useState(() => wallOf(Math.max(serverNow(), Date.parse(night.beginsAt)), zone))
  const [due, setDue] = useState(() => wallOf(Date.parse(night.words.dueAt) + hour / 2, zone))
  const [resource, setResource] = useState<string | null>(null)
  const [units, setUnits] = useState<number | undefined>(2)
  const act = actOf(kind, { jobId, seconds, at: isoOfWall(wall, zone), due: isoOfWall(due, zone), resource, units })
  const open = night.jobs.filter(({ phase }) => !['done', 'iced', 'not_tonight'].includes(phase))
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (act) onAdd(act)
      }}
    >
      {kind !== 'extend' && (
        <Select
          label="Job"
          {...findByTyping}
          // It has the focus as the panel opens; its list would hide what is there.
          openOnFocus={false}
          data={open.map(({ id, name }) => ({ value: id, label: name }))}
          value={jobId}
          onChange={setJobId}
          nothingFoundMessage="No job of it that is still to end has such a name."
        />
      )}
      <Select
        label="What if"
        data={kinds.map((value) => ({ value, label: kindWords[value] }))}
        allowDeselect={false}
        value={kind}
        onChange={(next) => next && setKind(next as Kind)}
      />
      {kind === 'takes' && <SpanField label="In all" value={seconds} onChange={setSeconds} />}
      {kind === 'start' && (
        <WhenField label={`Starts (${zoneName(zone)} time)`} zone={zone} value={wall} onChange={setWall} />
      )}
      {kind === 'extend' && (
        <WhenField label={`Due (${zoneName(zone)} time)`} zone={zone} value={due} onChange={setDue} />
      )}
      {kind === 'units' && jobId && (
        <Units jobId={jobId} resource={resource} onResource={setResource} units={units} onUnits={setUnits} />
      )}
      <div>
        <Button type="submit" variant="filled" disabled={!act}>
          Add
        </Button>
      </div>
    </form>
  )
}

type Values = {
  jobId: string | null
  seconds: number | undefined
  at: string | undefined
  due: string | undefined
  resource: string | null
  units: number | undefined
}

/** Undefined while something of it is missing. */
const actOf = (kind: Kind, { jobId, seconds, at, due, resource, units }: Values): Given | undefined => {
  if (kind === 'extend') return due ? { do: 'extend', dueAt: due } : undefined
  if (kind === 'units') return resource && units !== undefined ? { do: 'units', resource, units } : undefined
  if (!jobId) return undefined
  if (kind === 'takes') return seconds === undefined ? undefined : { do: 'takes', jobId, seconds }
  if (kind === 'start') return at ? { do: 'start', jobId, at } : undefined
  return { do: kind, jobId }
}

type UnitsProps = {
  jobId: string
  resource: string | null
  onResource: (name: string | null) => void
  units: number | undefined
  onUnits: (units: number | undefined) => void
}

/** How much there is of a resource that the job needs: hosts, licences, threads, as its scheduler counts them. */
function Units({ jobId, resource, onResource, units, onUnits }: UnitsProps) {
  const job = useJob(jobId).data
  const resources = job?.waits?.resources ?? []
  const known = useQuery(query.chains.resources.queryOptions()).data?.items
  const there = known?.find(({ name }) => name === resource)?.units
  if (job && resources.length === 0)
    return (
      <p className="muted">{job.name} needs no resource that its scheduler counts, so more of one changes nothing.</p>
    )
  return (
    <>
      <div className={styles.pair}>
        <Select
          label="Resource"
          {...findByTyping}
          data={resources.map(({ name }) => name)}
          value={resource}
          onChange={onResource}
          placeholder="Choose one"
        />
        <NumberInput
          label="There are"
          min={0}
          max={1_000_000}
          allowDecimal={false}
          value={units ?? ''}
          onChange={(next) => onUnits(typeof next === 'number' ? next : undefined)}
        />
      </div>
      {resource && known && (
        <p className="muted">
          {there == null
            ? `How many there are is not known, so that as it is no job waits for ${resource}. An administrator can say it (PUT /api/chains/resources).`
            : `As it is there are ${there}.`}
        </p>
      )}
    </>
  )
}
