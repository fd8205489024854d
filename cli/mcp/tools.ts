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
  ticket: 'desk.get',
  ticket_timeline: 'desk.timeline',
  escalation_draft: 'desk.packetDraft',
  alerts: 'alerts.list',
  alert: 'alerts.read',
  services: 'catalog.services.list',
  service: 'catalog.services.read',
  on_call: 'oncall.onCall',
  monitors: 'monitors.list',
  monitor: 'monitors.read',
  jobs: 'jobs.list',
  job: 'jobs.read',
  job_runs: 'jobs.runs',
  job_run: 'jobs.run',
  knowledge: 'knowledge.list',
  knowledge_item: 'knowledge.read',
  knowledge_suggestions: 'knowledge.suggestions',
  teams: 'identity.teams.list',
  people: 'identity.users.list',
} as const
const acts = {
  open_ticket: 'desk.open',
  reply_to_ticket: 'desk.reply',
  note_on_ticket: 'desk.note',
  assign_ticket: 'desk.assign',
  escalate_ticket: 'desk.escalate',
  resolve_ticket: 'desk.resolve',
  acknowledge_alert: 'alerts.acknowledge',
} as const

type Meta = { route: { method?: string; summary?: string }; inputSchema?: z.ZodType }
type Call = (input: unknown) => Promise<unknown>

const follow = (from: unknown, path: string): unknown =>
  path.split('.').reduce((at, name) => (at as Record<string, unknown>)[name], from)
const metaOf = (path: string): Meta => (follow(contract, path) as { '~orpc': Meta })['~orpc']

const toolOf = (name: string, path: string, changes: boolean) => {
  const { route, inputSchema } = metaOf(path)
  return {
    name,
    description: route.summary ?? name,
    inputSchema: inputOf(inputSchema),
    annotations: { readOnlyHint: !changes, destructiveHint: false, openWorldHint: false },
  }
}

const inputOf = (schema: z.ZodType = z.object({})): Tool['inputSchema'] => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return { ...rest, type: 'object' } as Tool['inputSchema']
}

export const tools = [
  ...Object.entries(reads).map(([name, path]) => toolOf(name, path, false)),
  ...Object.entries(acts).map(([name, path]) => toolOf(name, path, true)),
]

const paths: Record<string, string> = { ...reads, ...acts }

/** Does what a tool says; null when there is no such tool. */
export const callTool = async (client: Client, name: string, input: unknown): Promise<unknown> => {
  const path = Object.hasOwn(paths, name) ? paths[name] : undefined
  return path ? (follow(client, path) as Call)(input) : null
}
