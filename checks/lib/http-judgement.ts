import { judgeJson, parseJsonAssertion } from './json-assertion.ts'
import type { NetResponse } from './net.ts'
import type { Fact, Outcome } from './result.ts'
import { isExpectedStatus, parseStatusRanges } from './status-ranges.ts'
import { decodeText } from './text.ts'

type Wanted = { status: string; contains?: string | undefined; notContains?: string | undefined; json: string[] }
type Problem = { code: string; message: string }

export type HttpJudgement = { outcome: Outcome; code: string; message: string; facts: Fact[]; text: () => string }

/** Status, then texts, then JSON; every test leaves a fact, and the first that fails gives the message. */
export const judgeHttp = (wanted: Wanted, answer: NetResponse): HttpJudgement => {
  const facts: Fact[] = []
  const problems: Problem[] = []
  const test = (ok: boolean, fact: Omit<Fact, 'ok'>, problem: Problem) => {
    facts.push({ ...fact, ok })
    if (!ok) problems.push(problem)
  }
  let decoded: string | undefined
  const text = () => {
    decoded ??= decodeText(answer.body, [answer.headers['content-type']].flat()[0])
    return decoded
  }
  const status = `${answer.status} ${answer.statusText}`.trim()
  const isExpected = isExpectedStatus(parseStatusRanges(wanted.status), answer.status)
  test(
    isExpected,
    { label: 'Status', value: status },
    { code: 'status', message: `HTTP ${status}, expected ${wanted.status}` },
  )

  const part = answer.truncated ? 'the first part of the answer, which is longer than what is read,' : 'the answer'
  const { contains, notContains } = wanted
  if (contains !== undefined) {
    const fact = { label: 'Contains', value: contains }
    test(text().includes(contains), fact, { code: 'assertion', message: `${part} does not contain "${contains}"` })
  }
  if (notContains !== undefined) {
    const fact = { label: 'Does not contain', value: notContains }
    test(!text().includes(notContains), fact, { code: 'assertion', message: `${part} contains "${notContains}"` })
  }
  if (wanted.json.length > 0) {
    const document = readJson(text(), answer.truncated)
    for (const each of wanted.json) {
      const { ok, seen } =
        'problem' in document
          ? { ok: false, seen: document.problem }
          : judgeJson(parseJsonAssertion(each), document.value)
      test(
        ok,
        { label: 'Assertion', value: ok ? seen : `${seen}, expected ${each}` },
        { code: 'assertion', message: `${seen}, expected ${each}` },
      )
    }
  }
  const [problem] = problems
  if (problem) return { outcome: 'failed', ...problem, facts, text }
  return { outcome: 'ok', code: 'ok', message: `HTTP ${status}`, facts, text }
}

const readJson = (text: string, truncated: boolean): { value: unknown } | { problem: string } => {
  if (truncated) return { problem: 'the answer is too long to be read as JSON' }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { problem: text.trim() === '' ? 'the answer is empty' : 'the answer is not JSON' }
  }
}
