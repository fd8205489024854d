import { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Actor, requireScope, system } from '../../../platform/access.ts'
import { AppError } from '../../../platform/errors.ts'
import type { Authenticate } from '../../../platform/http/api.ts'
import type { Platform } from '../../../platform/platform.ts'
import { ask } from '../../../platform/query.ts'
import { tooLarge } from '../../../platform/store.ts'
import { execute } from '../../../platform/verb.ts'
import { limitsOf } from './limits.ts'
import { readAttachment } from './read.ts'
import type { Attachment } from './rows.ts'
import { shownTypes, sniff } from './sniff.ts'
import { beginUpload, dropUpload, finishUpload } from './upload.ts'

/** No byte for so long: the line is dead. */
const STALLED_MS = 60_000
/** How long what is not wanted may still come in, so that its sender can read why. */
const LINGER_MS = 10_000

/** Files go in and out as they are, beside the contract, which is JSON. */
export const mountAttachments = async (http: FastifyInstance, platform: Platform, authenticate: Authenticate) => {
  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
    scope.post('/api/attachments', { config: { streams: true } }, async (request, reply) => {
      try {
        const view = await upload(platform, await authenticate(request), request)
        return await reply.code(201).send(view)
      } catch (error) {
        linger(request)
        throw error
      }
    })
  })
  http.get<{ Params: { id: string } }>('/api/attachments/:id', async (request, reply) => {
    const found = await find(platform, await authenticate(request), request.params.id)
    const { stream, bytes } = await bytesOf(platform, found)
    return fixed(reply)
      .header('content-type', 'application/octet-stream')
      .header('content-disposition', contentDisposition(found.name))
      .header('content-length', bytes)
      .send(stream)
  })
  http.get<{ Params: { id: string } }>('/api/attachments/:id/preview', async (request, reply) => {
    const found = await find(platform, await authenticate(request), request.params.id)
    const type = shownTypes.find((t) => t === found.type)
    if (!type || found.width === null)
      throw new AppError('unsupported_media', 'Only pictures made of pixels are shown here. Download it instead.')
    const { stream, bytes } = await bytesOf(platform, found)
    return fixed(reply)
      .header('content-type', type)
      .header('content-disposition', contentDisposition(found.name, { type: 'inline' }))
      .header('content-length', bytes)
      .header('cache-control', 'private, max-age=300')
      .send(stream)
  })
}

/** Nothing that a person sent runs in the name of this site, whatever a browser thinks that it is. */
const fixed = (reply: FastifyReply) =>
  reply
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-resource-policy', 'same-origin')
    .header('cache-control', 'private, no-store')

const find = (platform: Platform, actor: Actor, id: string): Promise<Attachment> =>
  ask(platform, readAttachment, { actor, input: { id } })

const bytesOf = async (platform: Platform, { id }: Attachment) => {
  const found = await platform.store.get(id)
  if (!found)
    throw new AppError(
      'unavailable',
      'The file is not in the data folder of this process. All processes of an installation must share DATA_DIR.',
    )
  return found
}

/** The size that is announced, so that what is too large is refused before a byte of it is read. */
const announced = (request: FastifyRequest): number | null => {
  const length = request.headers['content-length']
  return length === undefined ? null : Number(length)
}

const upload = async (platform: Platform, actor: Actor, request: FastifyRequest) => {
  requireScope(actor, beginUpload.permission)
  const bytes = announced(request)
  const { file } = limitsOf(platform.config)
  if (bytes !== null && bytes > file) throw tooLarge(file)
  await platform.store.requireRoom(bytes ?? 0)
  const name = (request.query as { name?: unknown }).name
  const { id } = await execute(platform, beginUpload, { actor, input: { name, bytes } })
  try {
    const stored = await platform.store.put(id, bodyOf(request), file)
    const { head, ...facts } = stored
    return await execute(platform, finishUpload, { actor, input: { id, ...facts, ...(await sniff(head)) } })
  } catch (error) {
    await platform.store.remove(id)
    // When the database is away as well, the row goes with the daily tidying.
    await execute(platform, dropUpload, { actor: system, input: { id } }).catch(() => undefined)
    if (request.raw.destroyed && !request.raw.complete)
      throw new AppError('bad_request', 'The file was cut off before its end. Send it again.', { cause: error })
    throw error
  }
}

const bodyOf = (request: FastifyRequest): Readable => {
  if (!(request.body instanceof Readable)) return Readable.from([])
  // A request that was made up inside this process has no line.
  if (request.raw.socket instanceof Socket) request.raw.socket.setTimeout(STALLED_MS)
  return request.body
}

/**
 * A connection that is closed while data comes in loses the answer too: what still comes is thrown away for a moment,
 * unread, and then the line is cut.
 */
const linger = ({ raw }: FastifyRequest) => {
  if (raw.complete || raw.destroyed) return
  const cut = setTimeout(() => raw.destroy(), LINGER_MS)
  raw.once('close', () => clearTimeout(cut))
  raw.resume()
}
