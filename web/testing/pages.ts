import { existsSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { build, type Rolldown } from 'vite'

const web = join(import.meta.dirname, '..')

/** The policy under which the pages must work; the server sends the same. */
const contentSecurityPolicy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A page of a test is gone before an optimising compiler has earned its time back.
  '--js-flags=--no-opt --no-maglev',
]

/** Debian's Chromium, or the one that CHROMIUM names. Without a window it starts pages in half the time. */
export const openBrowser = (): Promise<Browser> => {
  const places = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']
  const executablePath = process.env.CHROMIUM ?? places.find((place) => existsSync(place))
  if (!executablePath)
    throw new Error('There is no Chromium. Run dev/install-test-deps, or set CHROMIUM to where it is.')
  return chromium.launch({ executablePath, args })
}

/** Builds pages in memory as for production: the application, or the HTML file that is named. */
export const buildPages = async (page?: string): Promise<Rolldown.RolldownOutput> => {
  // A test runner's own NODE_ENV would build React for development, which is larger and slower.
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  try {
    const built = await build({
      configFile: join(web, 'vite.config.ts'),
      root: web,
      logLevel: 'error',
      build: { write: false, ...(page && { rolldownOptions: { input: join(web, page) } }) },
    })
    return built as Rolldown.RolldownOutput
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

const contentOf = (built: Rolldown.RolldownOutput, name: string): string | Uint8Array | undefined => {
  const file = built.output.find(({ fileName }) => fileName === name)
  if (file) return file.type === 'chunk' ? file.code : file.source
  return ['scheme.js', 'icon.svg'].includes(name) ? readFileSync(join(web, 'public', name)) : undefined
}

/** Answers with a built file, or with the page for every address that is none; under the product's own policy. */
export const sendFile = (
  built: Rolldown.RolldownOutput,
  path: string,
  page: string,
  response: ServerResponse,
): void => {
  const name = contentOf(built, path.slice(1)) === undefined ? page : path.slice(1)
  const type = types[name.split('.').at(-1) ?? ''] ?? 'text/plain'
  response.writeHead(200, { 'content-type': type, 'content-security-policy': contentSecurityPolicy })
  response.end(contentOf(built, name))
}
