import { type JobSchedule, scheduleWordsBy } from '../contract/jobs/index.ts'
import { everyWords } from './output.ts'

/** When a job is expected, in a column: of several lines the first. `follows`: the name of the job that it follows. */
export const whenWords = (schedule: JobSchedule, follows?: string): string => {
  const s = 'expression' in schedule ? { ...schedule, expression: schedule.expression.split('\n')[0] ?? '' } : schedule
  return scheduleWordsBy(s, { span: everyWords, zone: (zone) => ` ${zone}` }, follows)
}
