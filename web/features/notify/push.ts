import { api } from '../../api.ts'

/** Why this browser cannot be added, as a sentence; null when it can, as far as one sees before asking. */
export const pushProblem = (): string | null => {
  if (!window.isSecureContext) return 'A browser takes push over https (or on localhost) only.'
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window))
    return 'This browser takes no push. On an iPhone add Watchfloor to the home screen, and set it up there.'
  if (Notification.permission === 'denied')
    return 'Notifications of this page are blocked in this browser. Allow them beside its address, then try again.'
  return null
}

/** Asks for permission and subscribes; what the channel `push` needs. Throws a sentence. */
export const subscribe = async (): Promise<{ endpoint: string; p256dh: string; auth: string }> => {
  const permission = await Notification.requestPermission()
  if (permission !== 'granted')
    throw new Error('The browser was not allowed to show notifications, so nothing was set up.')
  const { publicKey } = await api.notify.readyForPush()
  const registration = await navigator.serviceWorker.register('/push.js')
  await navigator.serviceWorker.ready
  const options = { userVisibleOnly: true, applicationServerKey: publicKey }
  const subscription = await registration.pushManager.subscribe(options).catch(async (error: unknown) => {
    // Of another installation at this address, say: a browser has one at a time.
    const before = await registration.pushManager.getSubscription()
    if (!before)
      throw new Error(`The browser’s push service cannot be reached: ${error instanceof Error ? error.message : error}`)
    await before.unsubscribe()
    return registration.pushManager.subscribe(options)
  })
  const { endpoint, keys } = subscription.toJSON()
  return { endpoint: endpoint ?? '', p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' }
}
