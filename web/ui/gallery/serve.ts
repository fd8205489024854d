import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build, type Rolldown } from 'vite'

/** The policy under which the pages must work; the server sends the same. */
export const contentSecurityPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

export const chromiumArgs = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const types: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
  woff: 'font/woff',
}
const web = join(import.meta.dirname, '../..')

/** Builds the gallery in memory and serves it as the product serves its pages, with the same Content-Security-Policy. */
export const serveGallery = async (): Promise<{ url: string; close: () => void }> => {
  const built = (await build({
    configFile: join(web, 'vite.config.ts'),
    root: web,
    logLevel: 'error',
    // A test runner sets NODE_ENV to 'test', which would build React for development.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, rolldownOptions: { input: join(web, 'ui/gallery.html') } },
  })) as Rolldown.RolldownOutput
  const files = new Map<string, string | Uint8Array>(
    built.output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : file.source]),
  )
  for (const name of ['scheme.js', 'icon.svg']) files.set(`/${name}`, readFileSync(join(web, 'public', name)))
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const body = files.get(path === '/' ? '/ui/gallery.html' : path)
    const type = types[(path === '/' ? 'html' : path.split('.').at(-1)) ?? '']
    response.writeHead(body ? 200 : 404, {
      'content-type': type ?? 'text/plain',
      'content-security-policy': contentSecurityPolicy,
    })
    response.end(body)
  })
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() }
}
