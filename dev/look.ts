/** The imaginary bank on a port, to look at pages: `TEST_DATABASE_URL=… WEB_DIST=… node dev/look.ts 9400`. */
import { openBrowserWorld, password } from '../test/e2e/world.ts'

const world = await openBrowserWorld({
  port: Number(process.argv[2] ?? 9400),
  logins: ['marta', 'priya', 'lena', 'ana', 'laurent', 'james'],
})
console.log(`${world.url}  sign in as ${world.mailOf('priya')} or ${world.mailOf('marta')} with "${password}"`)
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void world.close().then(() => process.exit(0)))
