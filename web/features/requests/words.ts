import type { z } from 'zod'
import type { ApprovalView } from '../../../contract/requests/approval.ts'
import type { approvalOf, RequestView } from '../../../contract/requests/request.ts'
import type { requestTypeRow, requestTypeView } from '../../../contract/requests/request-type.ts'
import type { ApprovalState, RequestIcon, RequestState } from '../../../contract/requests/words.ts'
import type { Tone } from '../../ui/Marks.tsx'

export type TypeRow = z.output<typeof requestTypeRow>
export type TypeView = z.output<typeof requestTypeView>
export type Approval = z.output<typeof approvalOf>
export type { ApprovalView, RequestView }

// Written out here: the contract's own module brings the validation library along.
export const iconWords: Record<RequestIcon, string> = {
  access: 'access',
  software: 'software',
  report: 'report',
  data: 'data',
  person: 'person',
  hardware: 'hardware',
  network: 'network',
  other: 'other',
}

export const stateWords: Record<RequestState, string> = {
  free: 'needs no approval',
  waiting: 'waits for approval',
  approved: 'approved',
  refused: 'refused',
  expired: 'nobody answered in time',
  withdrawn: 'cancelled before it was decided',
}

export const stateTones: Record<RequestState, Tone> = {
  free: 'ok',
  waiting: 'off',
  approved: 'ok',
  refused: 'off',
  expired: 'warn',
  withdrawn: 'off',
}

export const saidWords: Record<ApprovalState, string> = {
  asked: 'is asked',
  approved: 'approved it',
  refused: 'refused it',
  passed_on: 'passed it on',
  left: 'has left',
  expired: 'did not answer in time',
  not_needed: 'need not answer',
  nobody: 'nobody to ask',
}

const listed = (names: readonly string[], word: string) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`

type Stage = TypeView['approvals'][number]

/** 'James T. approves it.', 'One of the leads of DBA approves it.' */
export const stageWords = ({ by, all }: Stage): string => {
  if (by.team) return `${all ? 'All' : 'One of the'} leads of ${by.team.name} ${all ? 'approve' : 'approves'} it.`
  const names = by.people.map(({ name }) => name)
  if (names.length < 2) return `${names[0] ?? 'Nobody'} approves it.`
  return all ? `${listed(names, 'and')} approve it.` : `${listed(names, 'or')} approves it.`
}

/** By category, in the order in which the API lists them. */
export const byCategory = <Row extends { category: string }>(rows: readonly Row[]): [string, Row[]][] => {
  const groups = new Map<string, Row[]>()
  for (const row of rows) groups.set(row.category, [...(groups.get(row.category) ?? []), row])
  return [...groups]
}

/** Those that have every word somewhere in name, description or category. */
export const matching = <Row extends Pick<TypeRow, 'name' | 'description' | 'category'>>(
  rows: readonly Row[],
  typed: string,
): Row[] => {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return rows.filter(({ name, description, category }) => {
    const text = `${name} ${description} ${category}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** Fields of a request type at which its editor shows what the server says; the rest is told below. */
export const typeFields: readonly string[] = [
  'name',
  'slug',
  'description',
  'category',
  'teamId',
  'serviceId',
  'priority',
  'businessUnitIds',
]
