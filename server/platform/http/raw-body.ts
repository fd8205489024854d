import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What its sender says that its body is, where that is taken as bytes. */
    contentType?: string
  }
}

/** Tools say the strangest things about their content; here it is bytes in any case. */
export const takeAsBytes = (request: FastifyRequest): void => {
  request.contentType = request.headers['content-type'] ?? ''
  request.raw.headers['content-type'] = 'application/octet-stream'
}

export const readBytes = (scope: FastifyInstance, bodyLimit: number): void => {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body))
}

/** The headers of a request, each as one text; their names are in small letters. */
export const plainHeaders = (request: FastifyRequest): Record<string, string> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )

/** Of a body once it is decompressed. */
export const MOST_UNPACKED_BYTES = 8_000_000

const unpackers: Record<string, (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
  gzip: promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
  'x-gzip': promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
  deflate: promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate),
  br: promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress),
}

/**
 * The body as its sender wrote it. Throws `too_large` for one that would unpack to more than 8 MB (a bomb costs us no
 * more than that), `unsupported_media` for a compression that is not known and `bad_request` for a broken one.
 */
export const unpack = async (body: Buffer, encoding: string | undefined): Promise<Buffer> => {
  const name = encoding?.trim().toLowerCase() ?? ''
  if (name === '' || name === 'identity') return body
  const unpacker = Object.hasOwn(unpackers, name) && unpackers[name]
  if (!unpacker)
    throw new AppError(
      'unsupported_media',
      'Content-Encoding: this compression is not read here; send gzip, deflate, br or none.',
    )
  try {
    return await unpacker(body, { maxOutputLength: MOST_UNPACKED_BYTES })
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw new AppError(
        'too_large',
        `The body unpacks to more than ${MOST_UNPACKED_BYTES / 1e6} MB. Send less at once.`,
      )
    throw new AppError(
      'bad_request',
      `Content-Encoding says ${name}, but the body cannot be unpacked. Send it whole, or without compression.`,
    )
  }
}

const UTF8_BOM = '\ufeff'

/**
 * The text of a body in the charset that its Content-Type names; UTF-8 when it names none or an unknown one. Bytes that
 * do not fit become the replacement character. A byte order mark is taken away.
 */
export const decode = (body: Buffer, contentType: string | undefined): string => {
  const named = /;\s*charset\s*=\s*"?([\w.:-]+)"?/i.exec(contentType ?? '')?.[1]?.toLowerCase()
  const charset = body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : named
  if (charset && charset !== 'utf-8' && charset !== 'utf8') {
    try {
      return new TextDecoder(charset).decode(body)
    } catch {
      // Not a charset that anybody knows: read as UTF-8 below.
    }
  }
  const text = body.toString('utf8')
  return text.startsWith(UTF8_BOM) ? text.slice(1) : text
}
