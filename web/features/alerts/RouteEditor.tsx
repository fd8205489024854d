import { type ReactNode, useRef, useState } from 'react'
import type { Act as Write } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { useFirstField } from '../../ui/focus.tsx'
import { Columns, Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout } from '../../ui/States.tsx'
import { RouteFields } from './RouteFields.tsx'
import { RouteSimulator } from './RouteSimulator.tsx'
import styles from './Routes.module.css'
import { type RouteDraft, routeInput, routeProblems } from './route-draft.ts'
import { useRoutePreview } from './use-route-preview.ts'
import type { AlertRoute } from './words.ts'

type Props = {
  title: string
  chips?: ReactNode
  routes: readonly AlertRoute[]
  /** The one to change; without it a new one is added. */
  id?: string
  start: RouteDraft
  act: Write<RouteDraft, unknown>
  save: string
  acts?: ReactNode
  foot?: ReactNode
}

/** The form beside what it would have done with the newest alerts. */
export function RouteEditor({ title, chips, routes, id, start, act, save, acts, foot }: Props) {
  const [draft, setDraft] = useState(start)
  const [tried, setTried] = useState(false)
  const preview = useRoutePreview(draft, routes, id)
  const form = useRef<HTMLFormElement>(null)
  useFirstField(form)
  const wrong = routeProblems(draft)
  const submit = () => {
    setTried(true)
    if (Object.keys(wrong).length === 0) act.run(routeInput(draft))
  }
  return (
    <Page
      title={title}
      chips={chips}
      acts={
        <>
          <Act label="Cancel" k="Escape" to={paths.routes()} />
          {acts}
          <Act label={save} k="mod+Enter" kind="primary" run={submit} busy={act.busy} />
        </>
      }
    >
      <Columns of="minmax(360px, 2fr) minmax(0, 3fr)">
        <Panel title="The route" pad foot={foot}>
          <form
            ref={form}
            className={styles.fields}
            noValidate
            onSubmit={(event) => {
              event.preventDefault()
              submit()
            }}
          >
            <RouteFields
              draft={draft}
              set={(part) => setDraft({ ...draft, ...part })}
              problems={{ ...act.problems, ...preview.problems, ...(tried ? wrong : {}) }}
              known={routes.find((one) => one.id === id)}
            />
            {act.failed && (
              <div role="alert">
                <Callout tone="down">{act.failed}</Callout>
              </div>
            )}
            {/* Without it Enter in a field would send nothing: the button stands in the header of the page. */}
            <input type="submit" hidden />
          </form>
        </Panel>
        <RouteSimulator preview={preview} enabled={draft.enabled} />
      </Columns>
    </Page>
  )
}
