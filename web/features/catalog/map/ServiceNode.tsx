import { Link } from '@tanstack/react-router'
import { Handle, type Node, type NodeProps, Position, useReactFlow } from '@xyflow/react'
import type { ServiceMap } from '../../../../contract/catalog/map.ts'
import { paths } from '../../../paths.ts'
import type { Health } from '../data.ts'
import { HealthMark } from '../HealthMark.tsx'
import { nodeSize } from './layout.ts'
import styles from './map.module.css'

export type MapNode = Node<
  {
    service: ServiceMap['services'][number]
    health: Health | undefined
    /** Names of the broken services that it needs. */
    needs: string[]
    middle: boolean
    /** What it needs stands below it, not to its right. */
    down: boolean
  },
  'service'
>

/** A service on the map: how it is, and if it is hurt by another, by which. */
export function ServiceNode({
  data: { service, health, needs, middle, down },
  positionAbsoluteX,
  positionAbsoluteY,
}: NodeProps<MapNode>) {
  const flow = useReactFlow()
  const broken = health?.state === 'down' || health?.state === 'degraded'
  const hurt = needs.length > 0 && !broken
  const words = hurt ? `hurt by ${needs.join(', ')}` : `tier ${service.tier} · ${service.kind}`
  return (
    <div
      className={styles.node}
      data-state={hurt ? 'hurt' : health?.state}
      data-middle={middle || undefined}
      title={`${service.name}: ${words}`}
    >
      <Handle
        type="target"
        position={down ? Position.Top : Position.Left}
        isConnectable={false}
        className={styles.handle}
      />
      <Link
        to={paths.service(service.id)}
        className={styles.name}
        // Who goes through by the keyboard sees where he is.
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible'))
            void flow.setCenter(positionAbsoluteX + nodeSize.width / 2, positionAbsoluteY + nodeSize.height / 2, {
              zoom: Math.max(flow.getZoom(), 0.7),
            })
        }}
      >
        {service.name}
      </Link>
      <div className={styles.words}>
        {health && !hurt && <HealthMark of={health} />}
        <span className="faint clip">{words}</span>
      </div>
      <Handle
        type="source"
        position={down ? Position.Bottom : Position.Right}
        isConnectable={false}
        className={styles.handle}
      />
    </div>
  )
}
