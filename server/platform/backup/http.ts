import { pipeline } from 'node:stream'
import { constants, createGzip } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { requireScope } from '../access.ts'
import { eventType, ref } from '../events.ts'
import type { Authenticate } from '../http/api.ts'
import type { Platform } from '../platform.ts'
import { execute, verb } from '../verb.ts'
import { writeBackup } from './write.ts'

const taken = z.object({ rows: z.number(), files: z.number() })

export const backupTaken = eventType(
  'backup.taken',
  taken,
  (d, who) => `${who} took a backup: ${d.rows} rows and ${d.files} files.`,
)

/** Who took everything away, and when, is kept. */
export const noteBackup = verb('backup.note', {
  permission: 'backup.read',
  input: taken,
  async run(ctx, data) {
    ctx.record(backupTaken, { subject: ref('system', 'backup'), data })
  },
})

/** GET /api/backup: everything but the secret key, as a packed tar; beside the contract, which is JSON. */
export const mountBackup = (http: FastifyInstance, platform: Platform, authenticate: Authenticate): void => {
  http.get('/api/backup', async (request, reply) => {
    const actor = await authenticate(request)
    requireScope(actor, 'backup.read')
    const { stream, done } = writeBackup(platform)
    void done.then(
      ({ rows, files }) => {
        const input = { rows: Object.values(rows).reduce((sum, n) => sum + n, 0), files }
        return execute(platform, noteBackup, { actor, input }).then(() => undefined)
      },
      (error: Error) => platform.log.warn({ err: error.message }, 'a backup was broken off'),
    )
    const gzip = createGzip({ level: constants.Z_BEST_SPEED })
    const packed = pipeline(stream, gzip, () => undefined)
    const name = `watchfloor-${platform.clock.now().toString({ smallestUnit: 'minute' }).replace(/[:Z]/g, '')}.tar.gz`
    return reply
      .header('content-type', 'application/gzip')
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('cache-control', 'no-store')
      .send(packed)
  })
}
