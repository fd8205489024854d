import { useState } from 'react'

const kept = 'watchfloor.queue-beside'

/** Whether the ticket is shown beside the list; kept on this machine. */
export const useBesideWanted = (): [wanted: boolean, set: (wanted: boolean) => void] => {
  const [wanted, setWanted] = useState(() => localStorage.getItem(kept) !== 'no')
  return [
    wanted,
    (next) => {
      localStorage.setItem(kept, next ? 'yes' : 'no')
      setWanted(next)
    },
  ]
}
