import { z } from 'zod'
import { done, id, instant, instantIn, line, route, text } from '../base.ts'

/** What everybody at the desk should know now: a change window, a vendor's outage, who stands in for whom. */

export const mostAnnouncements = 10

export const announceInput = z.object({
  title: line(120),
  body: text(4_000).default('').meta({ description: 'Markdown' }),
  until: instantIn
    .nullable()
    .default(null)
    .meta({ description: 'It goes away by itself then; null: when it is ended' }),
})
export const announcementInput = z.object({ id })

export const announcement = z.object({
  id,
  title: z.string(),
  body: z.string(),
  by: z.string(),
  at: instant,
  until: instant.nullable(),
})
export type Announcement = z.output<typeof announcement>

const tags = ['shift']
export const shift = {
  announcements: {
    list: route
      .route({ method: 'GET', path: '/announcements', summary: 'What is announced now, newest first', tags })
      .input(z.object({}))
      .output(z.object({ items: z.array(announcement) })),
    make: route
      .route({ method: 'POST', path: '/announcements', summary: 'Announce something', tags, successStatus: 201 })
      .input(announceInput)
      .output(announcement),
    end: route
      .route({ method: 'DELETE', path: '/announcements/{id}', summary: 'End an announcement', tags })
      .input(announcementInput)
      .output(done),
    restore: route
      .route({ method: 'POST', path: '/announcements/{id}/restoration', summary: 'Take its end back', tags })
      .input(announcementInput)
      .output(announcement),
  },
}
