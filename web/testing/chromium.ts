import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Without a window it starts pages in half the time. */
const places = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']

/** A page of a test is gone before an optimising compiler has earned its time back. */
export const shortLived = '--js-flags=--no-opt --no-maglev'

/** Debian's Chromium, or the one that CHROMIUM names; without it, it says how to get one. */
export const launchChromium = async (more: string[] = []): Promise<Browser> => {
  const executablePath = process.env.CHROMIUM ?? places.find((place) => existsSync(place))
  if (!executablePath)
    throw new Error('There is no Chromium. Run dev/install-test-deps, or set CHROMIUM to where it is.')
  return chromium.launch({ executablePath, args: [...flags, ...more] })
}
