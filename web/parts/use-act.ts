import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemsOf, statusOf } from '../problem.ts'
import { toastError } from '../ui/toast.ts'

/** 'must be a mail address' → 'Must be a mail address.' */
export const asSentence = (words: string): string =>
  `${words.charAt(0).toUpperCase()}${words.slice(1)}${/[.!?]$/.test(words) ? '' : '.'}`

/** What an error says about the fields of a form, and what is left over for the foot of the form. */
export const formProblems = (error: unknown, fields: readonly string[]) => {
  const all = Object.entries(problemsOf(error))
  const problems = Object.fromEntries(all.map(([field, problem]) => [field, asSentence(problem)] as const))
  const allShown = all.length > 0 && all.every(([field]) => fields.includes(field))
  return { problems, failed: error && !allShown ? messageOf(error) : undefined }
}

export const messageOf = (error: unknown) =>
  asSentence(error instanceof Error ? error.message : 'It failed, and the server did not say why.')

export type Act<Input, Output> = {
  run: (input: Input) => void
  busy: boolean
  /** Of the last try: sentences by field, and one for all that no field shows. */
  problems: Record<string, string | undefined>
  failed: string | undefined
  reset: () => void
  output: Output | undefined
}

/**
 * A write. When it is done, the queries under `refresh` are read again at once (the live feed would do so a moment
 * later) and `done` says so. An error goes to the fields of a form, or into a toast when there is no form (`fields`
 * left away); when the thing was changed meanwhile, it is read again, so that the form opened anew begins with it.
 */
export const useAct = <Input, Output>(
  write: (input: Input) => Promise<Output>,
  given: {
    refresh?: readonly QueryKey[]
    done?: (output: Output, input: Input) => void
    fields?: readonly string[]
  } = {},
): Act<Input, Output> => {
  const client = useQueryClient()
  const refresh = () => {
    for (const queryKey of given.refresh ?? []) void client.invalidateQueries({ queryKey })
  }
  const mutation = useMutation({
    mutationFn: write,
    onSuccess: (output: Output, input: Input) => {
      refresh()
      given.done?.(output, input)
    },
    onError: (error) => {
      if (statusOf(error) === 412) refresh()
      if (!given.fields) toastError(error)
    },
  })
  return {
    run: (input) => mutation.mutate(input),
    busy: mutation.isPending,
    reset: mutation.reset,
    output: mutation.data,
    ...formProblems(mutation.error, given.fields ?? []),
  }
}

/**
 * The version that a form was opened with, as the API's second argument: the live feed brings later ones, which the
 * form must not overwrite. A form for something new expects none; an Undo goes without it.
 */
export const useOpenedWith = (thing: { version?: number } | undefined) => {
  const [version] = useState(thing?.version)
  return { context: version === undefined ? {} : { expected: version } }
}

/** To be called after an Undo, so that the page shows it at once. */
export const useRefresh = (keys: readonly QueryKey[]) => {
  const client = useQueryClient()
  return async () => {
    await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })))
  }
}
