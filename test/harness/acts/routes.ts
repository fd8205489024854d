import { type AnyContractRouter, isContractProcedure } from '@orpc/contract'
import type { z } from 'zod'
import { contract } from '../../../contract/index.ts'

export type Route = {
  name: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  input: z.ZodType | undefined
}

const walk = (node: AnyContractRouter, name: string[]): Route[] => {
  if (!isContractProcedure(node)) return Object.entries(node).flatMap(([key, child]) => walk(child, [...name, key]))
  const { route, inputSchema } = node['~orpc']
  const method = (route.method ?? 'POST') as Route['method']
  return [{ name: name.join('.'), method, path: route.path ?? '', input: inputSchema as z.ZodType | undefined }]
}

/** Every route of the contract. */
export const routes: Route[] = walk(contract, [])

export const routeOf = (name: string): Route => {
  const found = routes.find((r) => r.name === name)
  if (!found) throw new Error(`There is no route ${name}.`)
  return found
}

/** The address of a route with its path filled. */
export const addressOf = ({ path }: Route, params: Record<string, string> = {}): string =>
  `/api${path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? `{${name}}`)}`
