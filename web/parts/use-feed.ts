import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { startLive, useLive } from '../live.ts'
import { useMe } from './frame-data.ts'

/** The feed belongs to a session: it begins when somebody is signed in, and when it is lost it may be that nobody is any more. */
export const useFeed = () => {
  const client = useQueryClient()
  const { connection } = useLive()
  const { data, refetch } = useMe()
  const id = data?.id
  useEffect(() => (id ? startLive(client) : undefined), [client, id])
  useEffect(() => {
    if (connection === 'lost') void refetch()
  }, [connection, refetch])
}
