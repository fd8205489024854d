import { Button } from '@mantine/core'
import { useState } from 'react'
import { api } from '../../api.ts'
import { useAct } from '../../parts/use-act.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { rowsOf } from '../../ui/list.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Failed, Loading } from '../../ui/States.tsx'
import { Stamp } from '../../ui/Time.tsx'
import { toast } from '../../ui/toast.ts'
import { Difference } from './Difference.tsx'
import { knowledgeKeys, useVersion, useVersions } from './data.ts'
import styles from './knowledge.module.css'
import type { Item } from './words.ts'

/** Every save with who, when and why; two are compared, and an earlier one is taken again. */
export function Versions({ item }: { item: Item }) {
  const found = useVersions(item.id)
  const [comparing, setComparing] = useState<number>()
  const versions = rowsOf(found.data)
  return (
    <Panel
      title="Versions"
      foot={
        found.hasNextPage && (
          <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            Show earlier
          </Button>
        )
      }
    >
      {!versions && !found.isError && <Loading lines={2} />}
      {!versions && found.isError && (
        <Failed what="The versions could not be read." error={found.error} retry={() => void found.refetch()} />
      )}
      <ul className={styles.versions}>
        {versions?.map(({ version, at, by, why }) => (
          <li key={version}>
            <span className="clip">
              <span className="num">{version}</span> {by.name}
            </span>
            <span className="faint">
              <Stamp at={at} full />
            </span>
            <span className="muted">{why}</span>
            {version !== item.version && (
              <Button onClick={() => setComparing(version)} aria-label={`Compare version ${version} with the newest`}>
                Compare
              </Button>
            )}
          </li>
        ))}
      </ul>
      {comparing !== undefined && (
        <Compare item={item} version={comparing} onClose={() => setComparing(undefined)} key={comparing} />
      )}
    </Panel>
  )
}

function Compare({ item, version, onClose }: { item: Item; version: number; onClose: () => void }) {
  const old = useVersion(item.id, version)
  const restore = useAct(
    () => api.knowledge.restore({ id: item.id, version }, { context: { expected: item.version } }),
    {
      refresh: knowledgeKeys,
      done: (now) => {
        toast(`${now.number} has the words of version ${version} again, as version ${now.version}.`)
        onClose()
      },
    },
  )
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={`${item.number}: version ${version} and now`}
      acts={
        !item.can.change && (
          <Button variant="filled" loading={restore.busy} onClick={() => restore.run(undefined)}>
            Take version {version} again
          </Button>
        )
      }
    >
      {old.data ? (
        <Difference before={old.data.words} after={item} />
      ) : old.isError ? (
        <Failed what="That version could not be read." error={old.error} retry={() => void old.refetch()} />
      ) : (
        <Loading lines={4} />
      )}
    </Dialog>
  )
}
