import { useQuery } from '@tanstack/react-query'
import { api, query } from '../../api.ts'
import { Chooser } from '../../ui/Chooser.tsx'
import { type AskProps, aboutWhat } from './ask.ts'

/** To which team's queue it goes; with who is on call there. */
export function MoveChooser(props: AskProps) {
  const teams = useQuery(query.identity.teams.list.queryOptions({ input: { limit: 200 } }))
  const onCall = useQuery(query.oncall.onCall.queryOptions())
  const choices = (teams.data?.items ?? [])
    .filter(({ id }) => id !== props.ticket?.team?.id)
    .map(({ id, name, slug }) => {
      const people =
        onCall.data?.items
          .filter(({ team }) => team.id === id)
          .flatMap((entry) => entry.people.map(({ user }) => user.name)) ?? []
      return {
        id,
        title: name,
        words: slug,
        hint: onCall.data && (people.length > 0 ? `on call: ${[...new Set(people)].join(', ')}` : 'nobody is on call'),
      }
    })
  return (
    <Chooser
      opened
      onClose={props.onClose}
      label={`Move ${aboutWhat(props)} to the team`}
      choices={choices}
      waiting={teams.isLoading}
      failed={teams.isError}
      none="No team has such a name."
      onChoose={({ id: teamId, title }) =>
        void props.perform({
          act: (id) => api.desk.move({ id, teamId }),
          said: (names, many) => `${names} ${many ? 'are' : 'is'} with ${title} now.`,
        })
      }
    />
  )
}
