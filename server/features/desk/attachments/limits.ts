import type { Config } from '../../../platform/config.ts'

const MEGA = 1_000_000

/** How much is taken, in bytes. What one person has sent and not attached may be as much as a ticket holds. */
export const limitsOf = (config: Pick<Config, 'ATTACHMENT_MAX_MB' | 'ATTACHMENTS_PER_TICKET_MB'>) => ({
  file: config.ATTACHMENT_MAX_MB * MEGA,
  ticket: Math.max(config.ATTACHMENT_MAX_MB, config.ATTACHMENTS_PER_TICKET_MB) * MEGA,
})

export const megabyteWords = (bytes: number): string => `${Math.round(bytes / MEGA)} MB`
