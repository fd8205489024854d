import { Marked, type Tokens } from 'marked'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign)

/** Where a link may lead: another site by http, a mail address, or a page of ours. */
export const safeAddress = (address: string): string | undefined => {
  const trimmed = address.trim()
  return /^(https?:\/\/|mailto:)[^\s]+$/i.test(trimmed) || /^\/(?![/\\])[^\s\\]*$/.test(trimmed) ? trimmed : undefined
}

const linkTo = (address: string, words: string, title?: string | null): string => {
  const safe = safeAddress(address)
  if (!safe) return words
  const elsewhere = safe.startsWith('/') ? '' : ' target="_blank" rel="noopener noreferrer nofollow"'
  return `<a href="${escaped(safe)}"${title ? ` title="${escaped(title)}"` : ''}${elsewhere}>${words}</a>`
}

const hostOf = (address: string): string => {
  try {
    return new URL(address).host
  } catch {
    return ''
  }
}

/** Pictures from elsewhere would tell their host who reads what and when: they are a link until somebody asks for them. */
const pictureOf = ({ href, text }: Pick<Tokens.Image, 'href' | 'text'>): string => {
  const words = `Picture${text ? ` “${escaped(text)}”` : ''}${hostOf(href) ? ` at ${escaped(hostOf(href))}` : ''}`
  return linkTo(href, words)
}

const marked = new Marked({
  gfm: true,
  breaks: true,
  async: false,
  renderer: {
    // No HTML: what looks like it is shown as it was written.
    html: ({ text }) => escaped(text),
    image: (token) => pictureOf(token),
    link({ href, title, tokens }) {
      return linkTo(href, this.parser.parseInline(tokens), title)
    },
    // Below the headings of the page and of its panels.
    heading({ tokens, depth }) {
      const level = Math.min(depth + 2, 6)
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`
    },
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
  },
})

/** Markdown as HTML without HTML of its own in it. It is sanitised all the same before it is shown: see Markdown.tsx. */
export const htmlOf = (text: string): string => marked.parse(text) as string
