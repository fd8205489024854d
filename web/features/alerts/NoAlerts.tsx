import { Button } from '@mantine/core'
import { useCounts, useMay } from '../../parts/frame-data.ts'
import { paths } from '../../paths.ts'
import { Act } from '../../ui/Act.tsx'
import { Empty } from '../../ui/States.tsx'
import { useSources } from './data.ts'
import type { AlertView } from './filter.ts'

const nothing: Record<AlertView, { title: string; words: string }> = {
  firing: {
    title: 'Nothing is firing.',
    words: 'What our monitors and your tools report as broken stands here, the newest first, until it is over.',
  },
  held: {
    title: 'Nothing is held back.',
    words: 'Alerts that are silenced or under maintenance stand here with the reason. Nobody is told of them.',
  },
  all: {
    title: 'There has been no alert yet.',
    words: 'What our monitors and your tools report stands here, also when it is over.',
  },
}

/** An empty list: nothing fits the filter, nothing is wrong, or nobody reports to us yet. */
export function NoAlerts({ view, filtered, onClear }: { view: AlertView; filtered: boolean; onClear: () => void }) {
  const sources = useSources().data
  const connects = useMay('source.write')
  const monitors = useCounts().monitors?.text
  const tools = sources?.items.filter(({ builtIn }) => !builtIn)
  if (filtered)
    return (
      <Empty title="No alert fits the filter." act={<Button onClick={onClear}>Take the filter away</Button>}>
        It may be over, or held back: “All” shows those as well.
      </Empty>
    )
  const unconnected = tools?.length === 0 && connects
  return (
    <Empty
      title={nothing[view].title}
      act={unconnected && <Act label="Connect a tool" to={paths.newSource()} kind="primary" k="c" />}
    >
      {nothing[view].words}
      {unconnected &&
        (monitors === '0'
          ? ' Nothing is watched and no tool reports to us yet, so nothing is heard of.'
          : ' No tool reports to us yet, so only our own monitors are heard.')}
    </Empty>
  )
}
