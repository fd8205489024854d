import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API of Watchfloor</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
</head>
<body>
<div id="reference"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`

const start = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#reference', deepLinking: true, docExpansion: 'none', defaultModelsExpandDepth: -1 })
`

/** The reference page at /api/docs and the document behind it, served from here: nothing comes from the network. */
export const mountDocs = async (app: FastifyInstance, openApi: () => Promise<string>): Promise<void> => {
  const assets = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  let document: Promise<string> | null = null
  app.get('/api/openapi.json', async (_request, reply) => {
    document ??= openApi()
    return reply.type('application/json').send(await document)
  })
  app.get('/api/docs', async (_request, reply) => reply.type('text/html').send(page))
  app.get('/api/docs/start.js', async (_request, reply) => reply.type('text/javascript').send(start))
  await app.register(async (scope) => {
    await scope.register(fastifyStatic, { root: assets, serve: false })
    for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
      scope.get(`/api/docs/${file}`, (_request, reply) => reply.sendFile(file))
    }
  })
}
