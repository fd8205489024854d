import { expect, test } from 'vitest'
import { noFilters } from '../../../contract/jobs/filters.ts'
import { arrivalLine, linesOf, timerLines } from './lines.ts'

const of = (filters: object) => {
  const { crontab, script } = linesOf({ url: 'U', slug: 'eod', filters: { ...noFilters, ...filters } })
  const short = (line: string) => line.replaceAll('curl -fsS -m 10 --retry 5 -o /dev/null', 'curl')
  return [short(crontab), ...script.map(short)]
}

test('each line that is offered counts for its job', () => {
  expect(of({})).toEqual([
    './eod.sh; curl U/$?',
    'curl U/start',
    './eod.sh >out.log 2>&1; status=$?',
    'tail --bytes=100000 out.log | curl --data-binary @- U/$status',
  ])
  expect(of({ post: true }).slice(0, 2)).toEqual(['./eod.sh; curl -X POST U/$?', 'curl -X POST U/start'])
  expect(of({ httpBody: true, post: true })).toEqual([
    './eod.sh 2>&1 | curl --data-binary @- U',
    './eod.sh >out.log 2>&1',
    'tail --bytes=100000 out.log | curl --data-binary @- U',
  ])
})

test('the service of a timer tells its start and its end, where no words of an output decide', () => {
  const lines = (filters: object) => timerLines({ url: 'U', filters: { ...noFilters, ...filters } })
  const curl = '-/usr/bin/curl -fsS -m 10 --retry 5 -o /dev/null'
  expect(lines({})).toEqual([`ExecStartPre=${curl} U/start`, `ExecStopPost=${curl} U/\${EXIT_STATUS}`])
  expect(lines({ post: true })?.[0]).toBe(`ExecStartPre=${curl} -X POST U/start`)
  expect(lines({ httpBody: true })).toBeUndefined()
})

test('what begins with a file waits for it from when it counts on', () => {
  const job = { id: 'ID', slug: 'eod' }
  const file = { kind: 'arrival', file: "/in/it's-%.csv", times: ['18:30', '06:15'], aheadSeconds: 43_200 }
  expect(arrivalLine(job, file as Parameters<typeof arrivalLine>[1])).toBe(
    "15 18 * * *  timeout 23h watchfloor wait-for --newer-than 12h '/in/it'\\''s-\\%.csv' && watchfloor run ID -- ./eod.sh",
  )
})
