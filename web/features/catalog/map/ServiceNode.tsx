import { Link } from '@tanstack/react-router'
import { Handle, type Node, type NodeProps, Position, useReactFlow } from '@xyflow/react'
import { healthWords } from '../../../../contract/alerts/words.ts'
import type { ServiceMap } from '../../../../contract/catalog/map.ts'
import { paths } from '../../../paths.ts'
import { Status } from '../../../ui/Marks.tsx'
import { type Health, healthTone } from '../data.ts'
import { nodeSize } from './layout.ts'
import styles from './map.module.css'

export type MapNode = Node<
  {
    service: ServiceMap['services'][number]
    health: Health | undefined
    /** Names of the broken services that it needs. */
    needs: string[]
    chosen: boolean
    /** Another one is looked at, and this is not tied to it. */
    dim: boolean
  },
  'service'
>

/** A service on the map: how it is, and if it is hurt by another, by which. Its name shows what it is tied to. */
export function ServiceNode({
  data: { service, health, needs, chosen, dim },
  positionAbsoluteX,
  positionAbsoluteY,
}: NodeProps<MapNode>) {
  const flow = useReactFlow()
  const broken = health?.state === 'down' || health?.state === 'degraded'
  const hurt = needs.length > 0 && !broken
  const state = health ? healthWords[health.state] : service.kind
  const unwatched = health?.state === 'unobserved'
  const words = hurt ? `hurt by ${needs.join(', ')}${unwatched ? `; itself ${state}` : ''}` : state
  return (
    <div
      className={styles.node}
      data-state={hurt ? 'hurt' : health?.state}
      data-unwatched={unwatched || undefined}
      data-chosen={chosen || undefined}
      data-dim={dim || undefined}
      title={`${service.name}, tier ${service.tier}: ${words}`}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} className={styles.handle} />
      {health && (
        <Status tone={healthTone[health.state]}>
          <span className="sr-only">{words}</span>
        </Status>
      )}
      <Link
        to={paths.serviceMap()}
        search={{ around: service.id } as never}
        className={styles.name}
        // Who goes through by the keyboard sees where he is.
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible'))
            void flow.setCenter(positionAbsoluteX + nodeSize.width / 2, positionAbsoluteY + nodeSize.height / 2, {
              zoom: Math.max(flow.getZoom(), 0.8),
            })
        }}
      >
        {service.name}
      </Link>
      <Handle type="source" position={Position.Right} isConnectable={false} className={styles.handle} />
    </div>
  )
}
