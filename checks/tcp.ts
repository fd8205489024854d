import { z } from 'zod'
import { defineCheck } from './lib/define.ts'
import { host, port, timing } from './lib/fields.ts'
import { listenFor } from './lib/listen.ts'
import type { Fact } from './lib/result.ts'
import { clean } from './lib/result.ts'
import { readEscapes } from './lib/text.ts'

const escapes = 'Write \\r and \\n for line ends, \\x1b for any other byte.'

const config = z.strictObject({
  host: host.meta({ title: 'Host', placeholder: 'db1.example.com' }),
  port: port.meta({ title: 'Port', placeholder: '5432' }),
  send: z
    .string()
    .max(4_000, 'must have at most 4,000 characters')
    .optional()
    .meta({ title: 'Send', description: `Sent once connected. ${escapes}`, placeholder: 'PING\\r\\n' }),
  expect: z
    .string()
    .min(1)
    .max(1_000, 'must have at most 1,000 characters')
    .optional()
    .meta({
      title: 'Fine when it says',
      description: `Exactly this text, within the first 64 kB. ${escapes}`,
      placeholder: '+PONG',
    }),
  ...timing,
})

export const tcp = defineCheck({
  kind: 'tcp',
  title: 'TCP',
  summary: 'port answers',
  help: 'Opens a TCP connection and closes it again. Where a text is to be sent or expected, that is done in between.',
  config,
  example: { host: 'redis.example.com', port: 6379, send: 'PING\\r\\n', expect: '+PONG', timeoutSeconds: 5 },
  async run(c, { signal, net }) {
    const target = `${c.host}:${c.port}`
    const { socket, addresses, timings } = await net.connect({ host: c.host, port: c.port, signal })
    const facts: Fact[] = [{ label: 'Port', value: `${c.port} accepts connections`, ok: true }]
    const address: Fact = { label: 'Address', value: addresses.join(', ') }
    try {
      // Whatever goes wrong after this point is told by the listener, or does not matter any more.
      socket.on('error', () => undefined)
      const connected = performance.now()
      if (c.send !== undefined) socket.write(Buffer.from(readEscapes(c.send), 'latin1'))
      if (c.expect === undefined) {
        return {
          outcome: 'ok',
          code: 'ok',
          message: `${target} accepts connections`,
          timings,
          facts: [...facts, address],
        }
      }
      const { text, found } = await listenFor(socket, readEscapes(c.expect), signal, target)
      const verdict = {
        facts: [...facts, { label: 'Says', value: clean(text, 200) || 'nothing', ok: found }, address],
        timings: { ...timings, body: performance.now() - connected },
        sample: { body: text },
      }
      return found
        ? { ...verdict, outcome: 'ok', code: 'ok', message: `${target} says "${c.expect}"` }
        : { ...verdict, outcome: 'failed', code: 'assertion', message: `${target} does not say "${c.expect}"` }
    } finally {
      socket.destroy()
    }
  },
})
