import { z } from 'zod'
import { AppError } from '../../platform/errors.ts'
import { loadKinds } from '../../platform/registry.ts'
import type { Channel } from './define-channel.ts'

/** Every way to reach people: one file each in channels/, found by scanning. */
export const channels: Map<string, Channel> = await loadKinds<Channel>(
  new URL('./channels/', import.meta.url),
  isChannel,
)

export const channelOf = (kind: string): Channel => {
  const channel = channels.get(kind)
  if (channel) return channel
  throw new AppError('invalid_input', `channel: there is no ${kind}; there are ${[...channels.keys()].join(', ')}.`, {
    fields: [{ field: 'channel', problem: `must be one of ${[...channels.keys()].join(', ')}` }],
  })
}

/** What a form is built from, for those who may have such a contact method. */
export const channelForms = ({ internal }: { internal: boolean }) =>
  [...channels.values()]
    .filter((c) => internal || !c.forDesk)
    .map((c) => ({
      kind: c.kind,
      title: c.title,
      help: c.help,
      schema: z.toJSONSchema(c.config, { io: 'input' }) as Record<string, unknown>,
    }))

function isChannel(value: unknown): value is Channel {
  return typeof value === 'object' && value !== null && 'send' in value && 'limits' in value
}
