import type { AnyContractRouter } from '@orpc/contract'
import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { errorCodes } from '../errors.ts'

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What was wrong with which field, and what to do' },
    code: { type: 'string', enum: Object.keys(errorCodes) },
    fields: {
      type: 'array',
      items: {
        type: 'object',
        required: ['field', 'problem'],
        properties: { field: { type: 'string' }, problem: { type: 'string' } },
      },
    },
    requestId: { type: 'string' },
  },
} as const

const problemResponse = {
  description: 'Problem details (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

const about = `Everything that the web pages and the command line do goes through this API.

Send a key as \`Authorization: Bearer …\`, or the session cookie of a signed-in browser. Lists are pages by keyset cursor:
give \`next\` of one page as \`cursor\` for the following one. Creates take an \`Idempotency-Key\`; single things carry an
\`ETag\`, which \`If-Match\` takes back where two people may edit. Errors are RFC 9457 problem details.`

/** The OpenAPI 3.1 document of the contract; deterministic, so that a change of the API shows in review. */
export const openApiDocument = async (
  contract: AnyContractRouter,
  version: string,
  /** Addresses beside the contract, by path. */
  beside: Record<string, object> = {},
): Promise<Record<string, unknown>> => {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(contract, {
    info: {
      title: 'Watchfloor',
      version,
      description: about,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api' }],
    security: [{ key: [] }, { session: [] }],
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'watchfloor.session_token' },
      },
      schemas: { Problem: problemSchema as never },
    },
  })
  const paths = { ...document.paths } as Record<string, object>
  for (const [path, operations] of Object.entries(beside))
    paths[path] = { ...paths[path], ...structuredClone(operations) }
  document.paths = paths as NonNullable<typeof document.paths>
  for (const path of Object.values(paths)) {
    for (const operation of Object.values(path as Record<string, { responses?: Record<string, unknown> }>)) {
      if (operation?.responses) operation.responses.default = problemResponse
    }
  }
  return document as unknown as Record<string, unknown>
}
