import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { paths } from '../../paths.ts'
import { Callout } from '../../ui/States.tsx'

/** What was written for everybody and reads like what is being told: it may spare the report, and keeps nobody from it. */
export function HelpArticles({ text, serviceId }: { text: string; serviceId: string | undefined }) {
  const [told] = useDebouncedValue(text.trim().slice(0, 500), 150)
  const found = useQuery({
    ...query.knowledge.suggestions.queryOptions({
      input: told.length >= 3 ? { text: told, limit: 3, ...(serviceId && { serviceId }) } : skipToken,
    }),
    placeholderData: keepPreviousData,
  })
  const articles = told.length >= 3 ? (found.data?.items ?? []) : []
  if (told.length >= 3 && found.isError)
    return <div className="faint">Help articles could not be looked for. What you write is sent all the same.</div>
  if (articles.length === 0) return null
  return (
    <div role="status">
      <Callout>
        <b>This may help at once:</b>
        {articles.map(({ id, number, title }) => (
          <div key={id}>
            {/* In a window of its own: what was written so far stays. */}
            <a href={paths.knowledgeItem(number)} target="_blank" rel="noreferrer">
              {title}
            </a>
          </div>
        ))}
      </Callout>
    </div>
  )
}
