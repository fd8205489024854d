import type { PageView } from '../../../contract/oncall/index.ts'
import { fewNames } from '../../parts/few-names.ts'
import { Ago, Stamp } from '../../ui/Time.tsx'

const told = (people: readonly { name: string }[]) => `${fewNames(people)} ${people.length > 1 ? 'are' : 'is'} paged`

/** Who is paged if nobody acknowledges, and when; or that nobody is left. */
export function NextStep({ of: { at, people, over } }: { of: NonNullable<PageView['next']> }) {
  const time = (
    <>
      <Stamp at={at} /> (<Ago at={at} />)
    </>
  )
  if (over) return <>If nobody acknowledges by {time}, nobody else is left to page.</>
  return (
    <>
      If nobody acknowledges, {people.length > 0 ? told(people) : 'the next step comes'} at {time}
      {people.length === 0 && '; nobody is on call for it then'}.
    </>
  )
}
