import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Cuts } from './settings/Cuts.tsx'
import { useNot } from './settings/data.ts'
import { Resources } from './settings/Resources.tsx'
import { Variables } from './settings/Variables.tsx'

/** What predictions of chains go by, and what no job says: amounts, variables, and when a business date begins. */
export function ChainSettings() {
  const not = useNot()
  return (
    <Page title="Chain predictions" words="what they go by" chips={not && <span className="faint">{not}</span>}>
      <Columns of="minmax(0, 1fr) minmax(0, 1fr)">
        <Resources />
        <Rows>
          <Variables />
          <Cuts />
        </Rows>
      </Columns>
    </Page>
  )
}
