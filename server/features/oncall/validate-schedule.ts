import { isKnownZone, parseClock, parseWall } from '../../platform/wall-clock.ts'
import type { Override, Restriction, Rotation, RotationVersion, Schedule } from './schedule-rules.ts'

const MAX_EVERY = 1000

function restrictionProblems({ weekdays, from, to }: Restriction): string[] {
  const problems: string[] = []
  if (weekdays.length === 0)
    problems.push('a restriction has no weekday. Choose at least one, or remove the restriction.')
  for (const day of weekdays) {
    if (!Number.isInteger(day) || day < 1 || day > 7) {
      problems.push(`${day} is not a weekday. Use 1 (Monday) to 7 (Sunday).`)
    }
  }
  if (parseClock(from) === null || from === '24:00') problems.push(`"${from}" is not a time. Write it as HH:MM.`)
  if (parseClock(to) === null) problems.push(`"${to}" is not a time. Write it as HH:MM, or 24:00 for midnight.`)
  return problems
}

function versionProblems({ every, startsAt, startPosition, participants, restrictions }: RotationVersion): string[] {
  const problems = restrictions.flatMap(restrictionProblems)
  if (!Number.isInteger(every) || every < 1 || every > MAX_EVERY) {
    problems.push(`the length of a turn is ${every}. Use a whole number from 1 to ${MAX_EVERY}.`)
  }
  if (startsAt.length !== 16 || parseWall(startsAt) === null) {
    problems.push(`the first hand-over "${startsAt}" is not a date and time. Write it as YYYY-MM-DDTHH:MM.`)
  }
  const last = Math.max(0, participants.length - 1)
  if (!Number.isInteger(startPosition) || startPosition < 0 || startPosition > last) {
    problems.push(`the start position is ${startPosition}. Use 0 to ${last}, a place among the participants.`)
  }
  return problems
}

function rotationProblems({ name, versions, effectiveUntil }: Rotation): string[] {
  const problems = versions.flatMap(versionProblems)
  const [first] = versions
  if (first === undefined) problems.push('it has no hand-overs. Say who takes turns, how long, and from when.')
  else if (effectiveUntil && Temporal.Instant.compare(effectiveUntil, first.effectiveFrom) <= 0) {
    problems.push('it ends before it begins. Choose a later end.')
  }
  for (const [i, version] of versions.entries()) {
    const previous = versions[i - 1]
    if (previous && Temporal.Instant.compare(previous.effectiveFrom, version.effectiveFrom) >= 0) {
      problems.push(`its versions are not in order at ${version.effectiveFrom}. Each must begin after the one before.`)
    }
  }
  return problems.map((problem) => `Rotation ${name}: ${problem}`)
}

/** What is wrong with an override, as sentences that name the remedy; empty when it can be used. */
export function validateOverride({ from, to, add, remove }: Override): string[] {
  const problems: string[] = []
  if (Temporal.Instant.compare(from, to) >= 0) problems.push('Override: it ends before it begins. Choose a later end.')
  if (add === null && remove === null)
    problems.push('Override: it changes nobody. Say who comes on call, goes off, or both.')
  else if (add === remove) problems.push('Override: the same person comes on call and goes off. Choose two people.')
  return problems
}

/**
 * What is wrong with a schedule, as sentences that name the rotation and the remedy; empty when it can be used.
 * The timeline relies on a schedule that passes here. A rotation without participants is allowed: it covers nothing.
 */
export function validateSchedule({ zone, layers, overrides }: Schedule): string[] {
  const problems: string[] = []
  if (!isKnownZone(zone)) problems.push(`Time zone: "${zone}" is not known. Use a name such as Europe/London.`)
  return [...problems, ...layers.flatMap(rotationProblems), ...overrides.flatMap(validateOverride)]
}
