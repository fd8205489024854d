import { expect, test } from 'vitest'
import { decodeProblem, problemFetch, problemsOf, statusOf } from './problem.ts'

const body = {
  type: 'about:blank',
  title: 'Some fields need to be mended',
  status: 422,
  detail: 'config.url: must be a whole address',
  code: 'invalid_input',
  fields: [
    { field: 'config.url', problem: 'must be a whole address' },
    { field: 'name', problem: 'is needed' },
    'noise',
  ],
}

test('the message of an error is the sentence of the problem', () => {
  const error = decodeProblem(body, { status: 422 })
  expect(error.message).toBe('config.url: must be a whole address')
  expect(error.code).toBe('invalid_input')
  expect(statusOf(error)).toBe(422)
})

test('fields are found by their path, also below the part that a form edits', () => {
  const error = decodeProblem(body, { status: 422 })
  expect(problemsOf(error)).toEqual({ 'config.url': 'must be a whole address', name: 'is needed' })
  expect(problemsOf(error, 'config')).toEqual({ url: 'must be a whole address' })
  expect(problemsOf(new Error('x'))).toEqual({})
})

test.each(['<html>Bad Gateway</html>', null, undefined, { title: '' }])(
  'an answer that is no problem still gives a sentence: %s',
  (odd) => {
    const error = decodeProblem(odd, { status: 502 })
    expect(error.message).toBe('The server answered with status 502 and did not say why.')
    expect(statusOf(error)).toBe(502)
  },
)

test('a problem is relabelled for the client, and the time of the server is learnt', async () => {
  const times: number[] = []
  const fetch = problemFetch(
    (at) => times.push(at),
    async () =>
      new Response(JSON.stringify(body), {
        status: 422,
        headers: { 'content-type': 'application/problem+json; charset=utf-8', date: 'Thu, 26 Nov 2026 07:12:00 GMT' },
      }),
  )
  const response = await fetch(new Request('http://localhost/api/x'))
  expect(response.status).toBe(422)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(await response.json()).toEqual(body)
  expect(times).toEqual([Date.parse('2026-11-26T07:12:00Z')])
})

test('a server that is not reached is a plain sentence; an aborted request stays one', async () => {
  const failing = (error: unknown) =>
    problemFetch(
      () => {},
      () => Promise.reject(error),
    )(new Request('http://localhost/api/x'))
  await expect(failing(new TypeError('Failed to fetch'))).rejects.toThrow('The server does not answer.')
  await expect(failing(new DOMException('gone', 'AbortError'))).rejects.toThrow('gone')
})
