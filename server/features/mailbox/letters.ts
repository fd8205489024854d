/** What is written to the people of a ticket, as pure words. */

/** How somebody belongs to a ticket: asked for it, watches it, has it, had it, or said that a disturbance hurts them too. */
export type Tie = 'requester' | 'watcher' | 'owner' | 'sender' | 'affected'

export type About = { number: string; title: string; kind: string; service: string | null }
type Written = { title: string; lines: string[]; links: { label: string; url: string }[] }

/** Those whom a disturbance hurts know its service, not the ticket of whoever reported it. */
const subjectOf = (about: About, tie: Tie) =>
  `[${about.number}] ${tie === 'affected' ? `Trouble with ${about.service ?? 'a service'}` : about.title}`

const linksOf = (about: About, tie: Tie) => {
  const url = tie === 'affected' ? `/disturbances/${about.number}` : `/tickets/${about.number}`
  return [{ label: tie === 'affected' ? 'See how it stands' : `Open ${about.number}`, url }]
}

const footOf = (about: About, tie: Tie): string =>
  tie === 'affected'
    ? 'You get this because you said that it hurts you too. Mail that is sent to this address is not read.'
    : `Please answer on the page of ${about.number}: mail that is sent to this address is not read.`

const letter = (about: About, tie: Tie, lines: string[], again: boolean): Written => ({
  title: `${again ? 'Re: ' : ''}${subjectOf(about, tie)}`,
  lines: [...lines, '', footOf(about, tie)],
  links: linksOf(about, tie),
})

const named = (files: readonly string[]): string[] =>
  files.length === 0
    ? []
    : ['', `On the page ${files.length === 1 ? 'is the file' : `are ${files.length} files:`} ${files.join(', ')}`]

export const receipt = (about: About, by: string | null): Written =>
  letter(
    about,
    'requester',
    [
      by ? `${by} opened ${about.number} for you: ${about.title}` : `We have it, as ${about.number}: ${about.title}`,
      'You get a mail when we reply. On its page you see how it stands, and can add words and pictures.',
    ],
    false,
  )

export const reply = (about: About, tie: Tie, said: { by: string; body: string; files: readonly string[] }): Written =>
  letter(about, tie, [`${said.by} wrote:`, '', said.body, ...named(said.files)], true)

type Solved = { by: string | null; words: string /** After so many it closes by itself. */; days: number }

export const resolution = (about: About, tie: Tie, { by, words, days }: Solved): Written => {
  const request = about.kind === 'request'
  const how = request ? 'has done it' : 'resolved it'
  const asked = `${request ? 'If something is missing' : 'If it is not solved for you'}, say so on its page, and it is open again. Else it closes by itself after ${days === 1 ? 'a day' : `${days} days`}.`
  return letter(
    about,
    tie,
    [
      by ? `${by} ${how}:` : `It is ${request ? 'done' : 'resolved'}:`,
      '',
      words,
      ...(tie === 'requester' ? ['', asked] : []),
    ],
    true,
  )
}

export const reopening = (about: About, tie: Tie, said: { by: string; reason: string | null }): Written =>
  letter(about, tie, [`${said.by} opened it again${said.reason ? `: ${said.reason}` : '.'}`], true)

export const cancellation = (about: About, tie: Tie, said: { by: string; reason: string }): Written =>
  letter(about, tie, [`${said.by} cancelled it: ${said.reason}`], true)

type Given = { by: { id: string | null; name: string }; to: { id: string; name: string } | null }

export const assignment = (about: About, tie: Tie, { by, to }: Given): Written => {
  const { number, title } = about
  if (tie === 'owner') return letter(about, tie, [`${by.name} gave you ${number}: ${title}`, 'You have it now.'], false)
  const did = !to
    ? `gave ${number} back to the queue`
    : to.id === by.id
      ? `took ${number} over`
      : `gave ${number} to ${to.name}`
  return letter(about, tie, [`${by.name} ${did}: ${title}`, 'You had it.'], false)
}

type Accepted = { by: string; team: string; assignee: string }

export const acceptance = (about: About, tie: Tie, { by, team, assignee }: Accepted): Written =>
  letter(
    about,
    tie,
    tie === 'owner'
      ? [`${by} accepted ${about.number} for ${team}: ${about.title}`, 'You have it now.']
      : [
          `${by} accepted it for ${team}${assignee === by ? '' : `; ${assignee} has it`}. ${team} answers for it now.`,
          'Watch it on its page to be told how it goes on.',
        ],
    true,
  )
