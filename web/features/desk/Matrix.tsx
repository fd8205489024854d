import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import type { matrixView } from '../../../contract/desk/matrix.ts'
import { defaultMatrix, type PriorityMatrix } from '../../../contract/desk/priority.ts'
import { api, query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import { useMay } from '../../parts/frame-data.ts'
import { useAct, useOpenedWith, useRefresh } from '../../parts/use-act.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Page } from '../../ui/Page.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Callout, Failed, Loading } from '../../ui/States.tsx'
import { toast } from '../../ui/toast.ts'
import styles from './matrix.module.css'
import { capital, levels } from './words.ts'

const matrixKeys = [query.desk.matrix.key(), query.desk.proposal.key()] as const
refreshOn('desk.matrix_changed', () => matrixKeys)

/** Impact × urgency = priority. */
export function Matrix() {
  const found = useQuery(query.desk.matrix.queryOptions())
  if (found.data) return <Opened key={found.data.version} stored={found.data} />
  return (
    <Page title="Priority matrix">
      <Panel label="Priority matrix">
        {found.isError ? (
          <Failed what="The matrix could not be read." error={found.error} retry={() => void found.refetch()} />
        ) : (
          <Loading />
        )}
      </Panel>
    </Page>
  )
}

const options = [1, 2, 3, 4, 5].map((n) => ({ value: String(n), label: `P${n}` }))
const same = (a: PriorityMatrix, b: PriorityMatrix) => levels.every((i) => levels.every((u) => a[i][u] === b[i][u]))

function Opened({ stored }: { stored: z.output<typeof matrixView> }) {
  const may = useMay('matrix.write') !== undefined
  const [matrix, setMatrix] = useState(stored.matrix)
  const refresh = useRefresh(matrixKeys)
  const opened = useOpenedWith(stored)
  const act = useAct((next: PriorityMatrix) => api.desk.changeMatrix({ matrix: next }, opened), {
    refresh: matrixKeys,
    fields: levels.flatMap((i) => levels.map((u) => `matrix.${i}.${u}`)),
    done: () =>
      toast('The matrix is saved. New tickets follow it.', {
        undo: async () => {
          await api.desk.changeMatrix({ matrix: stored.matrix })
          await refresh()
        },
      }),
  })
  const unchanged = same(matrix, stored.matrix) && 'Nothing is changed yet.'
  return (
    <Page
      title="Priority matrix"
      chips={!may && <span className="faint">an administrator may change it</span>}
      acts={
        <>
          <Act label="Back" k="Escape" to={paths.settings()} />
          {may && (
            <>
              <Act
                label="Restore the default"
                run={() => setMatrix(defaultMatrix)}
                not={same(matrix, defaultMatrix) && 'It is the default already.'}
              />
              <Act
                label="Save"
                k="mod+Enter"
                kind="primary"
                busy={act.busy}
                not={unchanged}
                run={() => act.run(matrix)}
              />
            </>
          )}
        </>
      }
    >
      <Panel label="The matrix" pad>
        <p className="muted">
          Impact is how much of the business is hurt, urgency how long it can wait. New tickets get their priority by
          it, and others when their impact or urgency changes; until then they keep what they have.
        </p>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="col">Impact</th>
              {levels.map((urgency) => (
                <th key={urgency} scope="col">
                  Urgency {urgency}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {levels.map((impact) => (
              <tr key={impact}>
                <th scope="row">{capital(impact)}</th>
                {levels.map((urgency) => (
                  <td key={urgency}>
                    <NativeSelect
                      aria-label={`Impact ${impact}, urgency ${urgency}`}
                      disabled={!may}
                      data={options}
                      value={String(matrix[impact][urgency])}
                      onChange={(event) =>
                        setMatrix({
                          ...matrix,
                          [impact]: { ...matrix[impact], [urgency]: Number(event.currentTarget.value) },
                        })
                      }
                      error={act.problems[`matrix.${impact}.${urgency}`]}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {act.failed && (
          <div role="alert">
            <Callout tone="down">{act.failed}</Callout>
          </div>
        )}
      </Panel>
    </Page>
  )
}
