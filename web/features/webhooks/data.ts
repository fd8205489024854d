import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { webhook } from '../../../contract/webhooks/index.ts'
import { query } from '../../api.ts'
import { refreshOn } from '../../live.ts'

export type Webhook = z.output<typeof webhook>

export const webhookKeys = [query.webhooks.list.key()] as const
refreshOn('webhook.', () => [...webhookKeys])

/** What is posted is no event, so whether it is taken is asked for again. */
const AGAIN_MS = 15_000
export const useWebhooks = () =>
  useQuery({ ...query.webhooks.list.queryOptions({ input: {} }), refetchInterval: AGAIN_MS })

/** 'deadlines and jobs' */
export const aboutWords = ({ about }: Webhook): string => about.map((one) => `${one}s`).join(' and ')
