import { z } from 'zod'
import { id, instant, named, route } from '../base.ts'

export const pageStates = ['paging', 'acknowledged', 'done', 'exhausted'] as const
export const pageView = z.object({
  id,
  subject: z.string(),
  state: z.enum(pageStates),
  urgency: z.enum(['high', 'low']),
  policy: z.string(),
  title: z.string(),
  lines: z.array(z.string()),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  priority: z.string().nullable(),
  startedAt: instant,
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: named.nullable(),
  next: z
    .object({
      at: instant,
      people: z.array(named).meta({ description: 'Whom the step turns to then, as things are now' }),
      over: z.boolean().meta({ description: 'No step is left: the page ends then, and nobody has answered' }),
    })
    .nullable()
    .meta({ description: 'What comes if nobody acknowledges; null where nothing does' }),
  targets: z.array(
    z.object({
      user: named.nullable(),
      step: z.number(),
      round: z.number(),
      at: instant,
      why: z.string().meta({ description: 'Why this person, why now; or why nobody' }),
      deliveries: z.array(
        z.object({
          id,
          channel: z.string(),
          address: z.string(),
          state: z.string(),
          dueAt: instant,
          sentAt: instant.nullable(),
          attempts: z.number(),
          mayRepeat: z.boolean(),
          lastError: z.string().nullable(),
          bundled: z.boolean(),
        }),
      ),
    }),
  ),
})
export type PageView = z.output<typeof pageView>
export const pageAnswer = z.object({
  result: z.enum(['acknowledged', 'already', 'passed', 'over']),
  by: z.string().nullable(),
  at: instant.nullable(),
})
const token = z.string().min(10).max(200)

export const pageRoutes = {
  pages: route
    .route({ method: 'GET', path: '/pages', summary: 'Pages about a subject', tags: ['on-call'] })
    .input(z.object({ subject: z.string().max(200) }))
    .output(z.object({ items: z.array(pageView) })),
  page: route
    .route({ method: 'GET', path: '/pages/{id}', summary: 'One page', tags: ['on-call'] })
    .input(z.object({ id }))
    .output(pageView),
  acknowledge: route
    .route({ method: 'POST', path: '/pages/{pageId}/acknowledgement', summary: 'I have it', tags: ['on-call'] })
    .input(z.object({ pageId: id }))
    .output(pageAnswer),
  pass: route
    .route({ method: 'POST', path: '/pages/{pageId}/pass', summary: 'Pass to the next person', tags: ['on-call'] })
    .input(z.object({ pageId: id }))
    .output(pageAnswer),
  pageByLink: route
    .route({
      method: 'GET',
      path: '/page-links/{token}',
      summary: 'What a link in a page shows; reading it acknowledges nothing',
      tags: ['on-call'],
    })
    .input(z.object({ token }))
    .output(z.object({ page: pageView, person: z.string(), ticketNumber: z.string().nullable() })),
  answerByLink: route
    .route({
      method: 'POST',
      path: '/page-links/{token}',
      summary: 'Acknowledge or pass by a link in a page',
      tags: ['on-call'],
    })
    .input(z.object({ token, answer: z.enum(['acknowledge', 'pass']) }))
    .output(pageAnswer),
}
