import { expect, test } from 'vitest'
import { urgentOf, urgentWords } from './incidents.ts'

const about = (id: string, priority: 1 | 2 | 3, environment: 'prod' | 'uat' = 'prod') => ({
  priority,
  service: { id, name: id },
  environment,
})

test('an urgent incident in production is told of its service; the most urgent one counts', () => {
  const incidents = [about('orders', 2), about('orders', 1), about('fix', 3), about('risk', 1, 'uat'), about('fx', 2)]
  expect([...urgentOf(incidents)]).toEqual([
    ['orders', 1],
    ['fx', 2],
  ])
})

test('people who say that it is broken are believed before machines that find it fine, in production alone', () => {
  const urgent = urgentOf([about('orders', 1)])
  const said = (state: 'ok' | 'unobserved' | 'down', environment = 'prod', id = 'orders') =>
    urgentWords({ service: { id }, environment, state }, urgent)?.words
  expect([said('ok'), said('unobserved'), said('down'), said('ok', 'uat'), said('ok', 'prod', 'fix')]).toEqual([
    'P1 open',
    'P1 open',
    undefined,
    undefined,
    undefined,
  ])
})
