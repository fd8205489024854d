import { readFile, stat } from 'node:fs/promises'
import { isIP } from 'node:net'

/** name → addresses, from the text of a hosts file. Lines that cannot be read are left out, as the C library does. */
export const parseHosts = (text: string): Map<string, string[]> => {
  const hosts = new Map<string, string[]>()
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (isIP(address.replace(/%.*$/, '')) === 0) continue
    for (const name of names) {
      const key = name.toLowerCase()
      hosts.set(key, [...(hosts.get(key) ?? []), address])
    }
  }
  return hosts
}

/**
 * The machine's hosts file, read again within 5 s of a change. Needed because Node's DNS queries do not look into it,
 * and the function that does (getaddrinfo) blocks one of few threads for as long as a dead name server pleases.
 */
export const hostsFile = (path = '/etc/hosts', lookAgainMs = 5_000): ((name: string) => Promise<string[]>) => {
  let hosts = new Map<string, string[]>()
  let version = ''
  let lookedAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | null = null
  const read = async () => {
    const { mtimeMs, size, ino } = await stat(path)
    const current = `${mtimeMs}/${size}/${ino}`
    if (current !== version) hosts = parseHosts(await readFile(path, 'utf8'))
    version = current
  }
  return async (name) => {
    if (performance.now() - lookedAt > lookAgainMs) {
      lookedAt = performance.now()
      // A machine without the file, or one where it cannot be read just now, still has its DNS.
      reading = read().catch(() => undefined)
    }
    if (reading) await reading
    return hosts.get(name) ?? []
  }
}
