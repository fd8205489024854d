import type { Tool } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { contract } from '../../contract/index.ts'
import type { Client } from '../client.ts'

/**
 * What an assistant may do, each by one route of the contract: name, description and input come from there, so that a
 * tool can never ask for something else than the API takes. Permissions are those of the key.
 */
const reads = {
  tickets: 'desk.list',
  tickets_at_risk: 'desk.atRisk',
  ticket: 'desk.get',
  ticket_timeline: 'desk.timeline',
  ticket_links: 'desk.links',
  similar_tickets: 'desk.similar',
  possible_duplicates: 'desk.candidates',
  escalations: 'desk.escalations',
  escalation_draft: 'desk.packetDraft',
  alerts: 'alerts.list',
  alert: 'alerts.read',
  services: 'catalog.services.list',
  service: 'catalog.services.read',
  service_changes: 'catalog.changes.list',
  on_call: 'oncall.onCall',
  monitors: 'monitors.list',
  monitor: 'monitors.read',
  jobs: 'jobs.list',
  jobs_at_risk: 'jobs.atRisk',
  job: 'jobs.read',
  job_runs: 'jobs.runs',
  job_run: 'jobs.run',
  job_actions: 'acts.offers',
  job_acts: 'acts.listActs',
  deadlines: 'chains.list',
  backtest: 'chains.backtest',
  knowledge: 'knowledge.list',
  knowledge_item: 'knowledge.read',
  knowledge_suggestions: 'knowledge.suggestions',
  announcements: 'shift.announcements.list',
  teams: 'identity.teams.list',
  people: 'identity.users.list',
} as const
/** What adds something, or is taken back as easily. */
const acts = {
  open_ticket: 'desk.open',
  reply_to_ticket: 'desk.reply',
  note_on_ticket: 'desk.note',
  take_ticket: 'desk.take',
  assign_ticket: 'desk.assign',
  wait_with_ticket: 'desk.pend',
  resume_ticket: 'desk.resume',
  escalate_ticket: 'desk.escalate',
  accept_escalation: 'desk.acceptEscalation',
  send_back_escalation: 'desk.sendBackEscalation',
  unmerge_tickets: 'desk.unmerge',
  acknowledge_alert: 'alerts.acknowledge',
  note_on_job: 'acts.note',
} as const
/** What ends something or stands in the place of what was there: a client may ask its person first. */
const replacing = {
  change_ticket: 'desk.change',
  merge_tickets: 'desk.merge',
  resolve_ticket: 'desk.resolve',
  act_on_job: 'acts.actOnJob',
} as const

type Meta = { route: { method?: string; summary?: string; description?: string }; inputSchema?: z.ZodType }
type Call = (input: unknown) => Promise<unknown>

const follow = (from: unknown, path: string): unknown =>
  path.split('.').reduce((at, name) => (at as Record<string, unknown>)[name], from)
const metaOf = (path: string): Meta => (follow(contract, path) as { '~orpc': Meta })['~orpc']

/** `path`: its route of the contract. */
const toolOf = ([name, path]: [string, string]) => {
  const { route, inputSchema } = metaOf(path)
  return {
    name,
    path,
    description: [route.summary ?? name, route.description].filter(Boolean).join('. '),
    inputSchema: inputOf(inputSchema),
    annotations: {
      readOnlyHint: route.method === 'GET',
      destructiveHint: Object.hasOwn(replacing, name),
      openWorldHint: false,
    },
  }
}

const inputOf = (schema: z.ZodType = z.object({})): Tool['inputSchema'] => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return { ...rest, type: 'object' } as Tool['inputSchema']
}

const paths: Record<string, string> = { ...reads, ...acts, ...replacing }

export const tools = Object.entries(paths).map(toolOf)

/** Does what a tool says; null when there is no such tool. */
export const callTool = async (client: Client, name: string, input: unknown): Promise<unknown> => {
  const path = Object.hasOwn(paths, name) ? paths[name] : undefined
  return path ? (follow(client, path) as Call)(input) : null
}
