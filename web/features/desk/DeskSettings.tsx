import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Hierarchy } from './settings/Hierarchy.tsx'
import { Macros } from './settings/Macros.tsx'
import { Replies } from './settings/Replies.tsx'

/** What makes the desk quick, and who is told when it is not: macros, canned replies, rules of escalation. */
export function DeskSettings() {
  return (
    <Page title="Desk settings">
      <Columns of="minmax(0, 1fr) minmax(0, 1fr)">
        <Rows>
          <Macros />
          <Replies />
        </Rows>
        <Hierarchy />
      </Columns>
    </Page>
  )
}
