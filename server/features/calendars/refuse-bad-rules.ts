import { AppError } from '../../platform/errors.ts'
import type { CalendarRules } from './calendar-rules.ts'
import { validateCalendar } from './validate-calendar.ts'

/** Throws `invalid_input` with each problem at its field. */
export const refuseBadRules = (rules: CalendarRules): void => {
  const problems = validateCalendar(rules)
  if (problems.length === 0) return
  const fields = problems.map((problem) => ({ field: fieldOf(problem), problem }))
  throw new AppError('invalid_input', problems.join(' '), { fields })
}

const fieldOf = (sentence: string): string => {
  if (sentence.startsWith('Time zone:')) return 'zone'
  if (sentence.startsWith('Valid through:')) return 'validThrough'
  if (sentence.startsWith('Exceptions:') || /^\d/.test(sentence)) return 'exceptions'
  return 'weekly'
}
