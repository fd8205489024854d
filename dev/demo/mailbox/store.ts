export type Mail = {
  id: number
  at: string
  from: string
  to: string[]
  subject: string
  text: string
  /** Empty when it has none. */
  html: string
}

/** The oldest goes when there are more. */
const MOST = 2_000

/** What was sent, newest first. */
export const createMailStore = () => {
  let mails: Mail[] = []
  let last = 0
  return {
    add(mail: Omit<Mail, 'id'>) {
      mails = [{ ...mail, id: ++last }, ...mails].slice(0, MOST)
    },
    /** Those to one person, or all. */
    list: (to?: string): Mail[] => (to ? mails.filter((m) => m.to.includes(to)) : mails),
    find: (id: number): Mail | undefined => mails.find((m) => m.id === id),
    /** Who got how many, by address. */
    people(): { address: string; count: number }[] {
      const counts = new Map<string, number>()
      for (const m of mails) for (const to of m.to) counts.set(to, (counts.get(to) ?? 0) + 1)
      return [...counts]
        .map(([address, count]) => ({ address, count }))
        .sort((a, b) => (a.address < b.address ? -1 : 1))
    },
    last: () => last,
  }
}
export type MailStore = ReturnType<typeof createMailStore>
