import { z } from 'zod'
import { done, id, line, named, route } from '../base.ts'
import { listTicketsInput } from './inputs.ts'

/** Filters of the queue under a name. */

export const mostViews = 50

const fields = {
  name: line(40),
  filter: line(500).meta({ description: 'As it is typed: state:open team:mine priority:<=2' }),
  teamId: id.nullable().meta({ description: 'Whose members see it as well; null: I alone' }),
}

export const savedView = z.object({
  id,
  name: z.string(),
  filter: z.string(),
  team: named.nullable(),
  owner: named,
  mayChange: z.boolean(),
  version: z.number().int(),
})
export type SavedView = z.output<typeof savedView>

export const saveViewInput = z.object({ ...fields, teamId: fields.teamId.default(null) })
export const changeViewInput = z.object(fields).partial().extend({ id })
export const viewIdInput = z.object({ id })
export const countTicketsInput = listTicketsInput.omit({ cursor: true, limit: true })

const tags = ['desk']
export const viewRoutes = {
  views: route
    .route({ method: 'GET', path: '/tickets/views', summary: 'My saved views and those of my teams', tags })
    .output(z.object({ items: z.array(savedView) })),
  saveView: route
    .route({ method: 'POST', path: '/tickets/views', summary: 'Save a filter as a view', tags, successStatus: 201 })
    .input(saveViewInput)
    .output(savedView),
  changeView: route
    .route({ method: 'PATCH', path: '/tickets/views/{id}', summary: 'Change a saved view', tags })
    .input(changeViewInput)
    .output(savedView),
  deleteView: route
    .route({ method: 'DELETE', path: '/tickets/views/{id}', summary: 'Delete a saved view', tags })
    .input(viewIdInput)
    .output(done),
  count: route
    .route({ method: 'GET', path: '/tickets/count', summary: 'How many tickets a filter finds', tags })
    .input(countTicketsInput)
    .output(z.object({ count: z.number().int().max(1001).meta({ description: '1001 stands for more than 1,000' }) })),
}
