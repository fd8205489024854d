import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildPage, sendFile } from '../../testing/pages.ts'

const page = 'ui/gallery.html'

/** Builds the gallery in memory and serves it as the product serves its pages. */
export const serveGallery = async (): Promise<{ url: string; close: () => void }> => {
  const built = await buildPage(page)
  const server = createServer((request, response) =>
    sendFile(built, new URL(request.url ?? '/', 'http://localhost').pathname, page, response),
  )
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() }
}
