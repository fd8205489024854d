import { useRef } from 'react'
import { useKeys } from '../../ui/keys.ts'

/** j and k go from schedule to schedule in the element; Enter, on the link that has the focus, is the browser's. */
export const useRowKeys = (onAdd: (scheduleId: string) => void) => {
  const element = useRef<HTMLDivElement>(null)
  const links = () => [...(element.current?.querySelectorAll<HTMLElement>('[data-schedule]') ?? [])]
  const at = () => links().indexOf(document.activeElement as HTMLElement)
  const step = (by: number) => {
    const all = links()
    const from = at()
    all[from < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(from + by, 0), all.length - 1)]?.focus()
  }
  const add = () => {
    const id = links()[at()]?.dataset.schedule
    if (id) onAdd(id)
  }
  useKeys([
    { key: 'j', label: 'Next schedule', kind: 'move', repeat: true, run: () => step(1) },
    { key: 'k', label: 'Schedule before', kind: 'move', repeat: true, run: () => step(-1) },
    { key: 'a', label: 'Override on the schedule that has the focus', kind: 'move', run: add },
  ])
  return element
}
