import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

/** Serves the built web application; every address that is no file and no API is its start page. */
export const mountWeb = async (app: FastifyInstance, folder: string | undefined): Promise<void> => {
  if (!folder || !existsSync(join(folder, 'index.html'))) {
    app.get('/', async (_request, reply) =>
      reply.type('text/plain').send('Watchfloor runs, but its web pages are not built. Start it with npm start.'),
    )
    return
  }
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    cacheControl: false,
    // The build lays a .br and a .gz beside each text.
    preCompressed: true,
    // Names under /assets/ carry a hash of what is in them; the others are asked for anew.
    setHeaders: (response, path) => {
      const hashed = path.startsWith(join(folder, 'assets'))
      response.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.get('/*', async (request, reply) => {
    if (/^\/(api|intake|assets)\//.test(request.url)) return reply.callNotFound()
    return reply
      .header('cache-control', 'no-cache')
      .type('text/html')
      .sendFile('index.html', { maxAge: 0, immutable: false })
  })
}
