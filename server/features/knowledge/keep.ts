import { actorRow } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { type EventType, ref } from '../../platform/events.ts'
import type { Content } from './content.ts'
import type { Item } from './rows.ts'

export const itemRef = (item: Pick<Item, 'id'>): string => ref('knowledge', item.id)

/** Keeps a save as a version, whole, and the services that it is about. */
export const keepVersion = async (
  ctx: Context,
  itemId: string,
  given: { version: number; why: string; content: Content },
): Promise<void> => {
  await ctx.db
    .insertInto('knowledge_versions')
    .values({
      item_id: itemId,
      version: given.version,
      at: ctx.now(),
      by: JSON.stringify(actorRow(ctx.actor)),
      why: given.why,
      content: JSON.stringify(given.content),
    })
    .execute()
  await ctx.db.deleteFrom('knowledge_services').where('item_id', '=', itemId).execute()
  const services = [...new Set(given.content.serviceIds)]
  if (services.length > 0)
    await ctx.db
      .insertInto('knowledge_services')
      .values(services.map((service_id) => ({ item_id: itemId, service_id })))
      .execute()
}

/** Records an event about an item; it belongs to the timelines of its services as well. */
export const recordItem = <D extends { number: string; title: string }>(
  ctx: Context,
  item: Pick<Item, 'id' | 'number' | 'title' | 'team_id'>,
  serviceIds: readonly string[],
  type: EventType<D>,
  data: Omit<D, 'number' | 'title'>,
  about: readonly string[] = [],
): void => {
  ctx.record(type, {
    subject: itemRef(item),
    about: [...serviceIds.map((id) => ref('service', id)), ...about],
    team: item.team_id,
    data: { ...data, number: item.number, title: item.title } as unknown as D,
  })
}
