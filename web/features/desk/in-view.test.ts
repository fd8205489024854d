import { expect, test } from 'vitest'
import type { TicketRow } from '../../../contract/desk/shapes.ts'
import { belongs } from './in-view.ts'
import type { ListInput } from './queue-filter.ts'

const me = { id: 'me', teams: [{ id: 'markets' }] }
const ticket = {
  state: 'in_progress',
  kind: 'incident',
  priority: 2,
  team: { id: 'markets', name: 'Markets' },
  assignee: { id: 'me', name: 'Me' },
  service: { id: 's', name: 'S' },
  environment: 'prod',
} as TicketRow
const taken = { ...ticket, assignee: null }
const resolved: TicketRow = { ...ticket, state: 'resolved' }
const handed = { ...ticket, escalatedTo: { id: 'dba', name: 'DBA' } }
const moved = { ...ticket, team: { id: 'dba', name: 'DBA' } }

test.each<[ListInput, TicketRow, boolean]>([
  [{ view: 'open' }, ticket, true],
  [{ view: 'open' }, resolved, false],
  [{ view: 'recent' }, resolved, true],
  [{ view: 'recent', state: 'resolved' }, ticket, false],
  [{ view: 'mine' }, ticket, true],
  [{ view: 'mine' }, taken, false],
  [{ view: 'open', assigneeId: 'me' }, taken, false],
  [{ view: 'unassigned' }, ticket, false],
  [{ view: 'unassigned' }, taken, true],
  [{ view: 'team' }, moved, false],
  [{ view: 'team', teamId: 'dba' }, moved, true],
  [{ view: 'open', priority: 1 }, ticket, false],
  [{ view: 'open', priority: 2 }, ticket, true],
  [{ view: 'open', environment: 'uat' }, ticket, false],
  [{ view: 'requested' }, resolved, true],
  [{ view: 'open', state: ['new', 'in_progress'], priorities: [2, 3] }, ticket, true],
  [{ view: 'open', notState: ['in_progress'] }, ticket, false],
  [{ view: 'open', notPriorities: [2] }, ticket, false],
  [{ view: 'open', notTeamId: ['dba'] }, moved, false],
  [{ view: 'open', notTeamId: ['dba'] }, handed, false],
  [{ view: 'open', teamId: ['none', 'dba'] }, handed, true],
  [{ view: 'open', assigneeId: ['none'] }, taken, true],
  [{ view: 'open', notAssigneeId: ['none'] }, taken, false],
  [{ view: 'open', requesterId: ['none'] }, ticket, true],
])('%j', (input, row, expected) => expect(belongs(input, row, me)).toBe(expected))
