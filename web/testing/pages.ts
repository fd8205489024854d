import { existsSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { build, type Rolldown } from 'vite'

const web = join(import.meta.dirname, '..')

/** The policy under which the pages must work; the server sends the same. */
const contentSecurityPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

/** What a build has made, by name. */
export type Built = (name: string) => string | Uint8Array | undefined

/** The application as it is served: built before the tests, as for production. */
export const theApplication = (): Built => {
  const folder = process.env.WEB_DIST
  if (!folder) throw new Error('WEB_DIST does not say where the web pages are built; run npm test.')
  return (name) => {
    const path = join(folder, name)
    return name && existsSync(path) ? readFileSync(path) : undefined
  }
}

/** Builds an HTML file in memory, as for production. */
export const buildPage = async (page: string): Promise<Built> => {
  // A test runner's own NODE_ENV would build React for development, which is larger and slower.
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  try {
    const built = (await build({
      configFile: join(web, 'vite.config.ts'),
      root: web,
      logLevel: 'error',
      build: { write: false, rolldownOptions: { input: join(web, page) } },
    })) as Rolldown.RolldownOutput
    return (name) => {
      const file = built.output.find(({ fileName }) => fileName === name)
      if (file) return file.type === 'chunk' ? file.code : file.source
      return ['scheme.js', 'icon.svg'].includes(name) ? readFileSync(join(web, 'public', name)) : undefined
    }
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = NODE_ENV
  }
}

const types: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

/** Answers with a built file, or with the page for every address that is none; under the product's own policy. */
export const sendFile = (built: Built, path: string, page: string, response: ServerResponse): void => {
  const name = built(path.slice(1)) === undefined ? page : path.slice(1)
  const type = types[name.split('.').at(-1) ?? ''] ?? 'text/plain'
  response.writeHead(200, { 'content-type': type, 'content-security-policy': contentSecurityPolicy })
  response.end(built(name))
}
