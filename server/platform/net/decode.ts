import type { Transform } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { NetError } from '../../../checks/lib/net.ts'

// A body that was cut off is decoded as far as it goes.
const zlib = { finishFlush: constants.Z_SYNC_FLUSH }
const decoders: Record<string, () => Transform> = {
  gzip: () => createGunzip(zlib),
  'x-gzip': () => createGunzip(zlib),
  deflate: () => createInflate(zlib),
  br: () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  zstd: () => createZstdDecompress({ finishFlush: constants.ZSTD_e_flush }),
}

/**
 * Undoes a Content-Encoding up to `maxBytes` of output, so that a small bomb stays small. More than one encoding, or
 * one that is not known, is refused with a NetError.
 */
export const decode = (
  body: Uint8Array,
  encoding: string,
  maxBytes: number,
): Promise<{ body: Uint8Array; truncated: boolean }> => {
  const name = encoding.trim().toLowerCase()
  const decoder = decoders[name]
  if (!decoder) {
    const error = new NetError('protocol', `the answer is packed as "${name}", which cannot be unpacked`, {
      phase: 'body',
    })
    return Promise.reject(error)
  }
  return new Promise((resolve, reject) => {
    const stream = decoder()
    const chunks: Buffer[] = []
    let length = 0
    const finish = (truncated: boolean) => {
      stream.destroy()
      resolve({ body: Buffer.concat(chunks).subarray(0, maxBytes), truncated })
    }
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      length += chunk.length
      if (length > maxBytes) finish(true)
    })
    stream.on('end', () => finish(false))
    stream.on('error', () => {
      reject(
        new NetError('protocol', `the answer says that it is packed as "${name}", but it is not`, { phase: 'body' }),
      )
    })
    stream.end(body)
  })
}
