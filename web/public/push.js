// The service worker: shows what the push service brings, and leads to it. It keeps nothing and answers no request.

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('push', (event) => {
  const { title, body, url, tag, stays } = event.data.json()
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag,
      // A page stays until somebody looks at it.
      requireInteraction: stays,
      icon: '/icon-192.png',
      data: { url },
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const url = new URL(event.notification.data.url, self.location.origin)
  const open = async () => {
    const windows = await self.clients.matchAll({ type: 'window' })
    const here = url.origin === self.location.origin && windows.find((one) => one.url === url.href)
    await (here ? here.focus() : self.clients.openWindow(url.href))
  }
  event.waitUntil(open())
})
