import type { AttachmentView } from '../../../../contract/desk/index.ts'
import type { Page } from '../../../platform/db/keyset.ts'
import type { TimelineRow } from '../../../platform/timeline.ts'

/** Events stay as they were; what has been removed since is said in what readers are shown of them. */
export const markRemoved = (page: Page<TimelineRow>, removed: ReadonlySet<string>): Page<TimelineRow> =>
  removed.size === 0 ? page : { ...page, items: page.items.map((row) => ({ ...row, data: marked(row.data, removed) })) }

const marked = (data: unknown, removed: ReadonlySet<string>): unknown => {
  if (typeof data !== 'object' || data === null || !('attachments' in data) || !Array.isArray(data.attachments))
    return data
  const files = data.attachments as AttachmentView[]
  return { ...data, attachments: files.map((f) => (removed.has(f.id) ? { ...f, removed: true } : f)) }
}
