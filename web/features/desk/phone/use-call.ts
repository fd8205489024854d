import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { logCallInput, PhonePart, PhoneReading } from '../../../../contract/desk/phone.ts'
import type { Level } from '../../../../contract/desk/words.ts'
import { query } from '../../../api.ts'
import type { Environment } from '../new-ticket.ts'

type Named = { id: string; name: string }

/** What was chosen by hand; null: what the line says of it was understood wrongly. */
export type ByHand = {
  title?: string
  service?: Named | null
  unit?: Named | null
  person?: Named | null
  since?: null
  environment?: Environment
  impact?: Level
  urgency?: Level
}

/** Those at whose place nothing is to be read. */
const parts = ['service', 'unit', 'person', 'since'] as const satisfies readonly PhonePart[]

/** A call as it is written down: what the line says, and what was chosen by hand, which counts before it. */
export const useCall = () => {
  const [line, setLine] = useState('')
  const [hand, setHand] = useState<ByHand>({})
  const [typed] = useDebouncedValue(line.trim().slice(0, 500), 120)
  const not = parts.filter((part) => hand[part] === null).join(',')
  const reading = useQuery({
    ...query.desk.readPhoneLine.queryOptions({
      input: {
        line: typed,
        ...(hand.service && { serviceId: hand.service.id }),
        ...(hand.unit && { businessUnitId: hand.unit.id }),
        ...(hand.environment && { environment: hand.environment }),
        ...(hand.impact && { impact: hand.impact }),
        ...(hand.urgency && { urgency: hand.urgency }),
        ...(not && { not: not as unknown as PhonePart[] }),
      },
    }),
    placeholderData: keepPreviousData,
    // Others log calls about the same at the same time.
    refetchInterval: 15_000,
  })
  return {
    line,
    setLine,
    hand,
    /** What is read belongs to an earlier line still. */
    behind: typed !== line.trim().slice(0, 500) || reading.isPlaceholderData,
    change: (change: ByHand) => setHand((before) => ({ ...before, ...change })),
    clear: () => {
      setLine('')
      setHand({})
    },
    reading,
    call: callOf(reading.data, hand),
  }
}

const either = <T>(byHand: T | null | undefined, read: T | null | undefined): T | null =>
  byHand === undefined ? (read ?? null) : byHand

/** What the fields show. */
export const callOf = (read: PhoneReading | undefined, hand: ByHand) => ({
  title: hand.title ?? read?.title ?? '',
  service: either<Named>(hand.service, read?.service),
  unit: either<Named>(hand.unit, read?.unit),
  person: either<Named>(hand.person, read?.person),
  since: hand.since === null ? null : (read?.since ?? null),
  environment: hand.environment ?? read?.environment ?? 'prod',
})

/** What the API is sent. */
export const inputOf = (
  {
    line,
    call,
    hand,
    read,
  }: { line: string; call: ReturnType<typeof callOf>; hand: ByHand; read: PhoneReading | undefined },
  { to, page }: { to: string | undefined; page: boolean },
): z.input<typeof logCallInput> => {
  const byHand = hand.impact !== undefined || hand.urgency !== undefined
  const impact = hand.impact ?? read?.said.impact
  const urgency = hand.urgency ?? read?.said.urgency
  return {
    line: line.trim(),
    ...(call.title.trim() && { title: call.title.trim() }),
    ...(call.service && { serviceId: call.service.id }),
    ...(call.unit && { businessUnitId: call.unit.id }),
    ...(call.person && { userId: call.person.id }),
    ...(call.since && { since: call.since.at }),
    environment: call.environment,
    ...(impact && { impact }),
    ...(urgency && { urgency }),
    ...(!byHand && read?.said.priority && { priority: read.said.priority }),
    ...(to ? { to } : page && { page }),
  }
}
