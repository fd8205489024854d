import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { CopyText } from '../../ui/CopyText.tsx'
import { Columns, Page, Rows } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { FirstEvent } from './FirstEvent.tsx'
import type { Source } from './words.ts'

type Props = { source: Source & { key: string; setup: string } }

/** A source that was just made: its key, which is shown this once, how to use it, and what arrives. */
export const SourceConnected = ({ source }: Props) => (
  <Page
    title={source.name}
    chips={
      <>
        <Chip>{source.kindTitle}</Chip>
        <span className="faint">is ready to be set up</span>
      </>
    }
    acts={<Act label="Done" k="mod+Enter" kind="primary" to={paths.source(source.id)} />}
  >
    <Columns of="minmax(0, 1.2fr) minmax(0, 1fr)">
      <Rows>
        <Panel title="Its key" words="shown this once; we keep only its hash" pad>
          <CopyText text={source.key} label="the key" />
        </Panel>
        <Panel title="How to send" words="ready to copy, with the key in it" pad>
          <CopyText text={source.setup.trim()} label="the set-up text" />
        </Panel>
      </Rows>
      <Rows>
        <FirstEvent source={source} />
        <Callout tone="note">
          Copy the key before you leave. If it is lost, make a new one on the page of the source and revoke this one.
        </Callout>
      </Rows>
    </Columns>
  </Page>
)
