import DOMPurify from 'dompurify'
import { useLayoutEffect, useRef } from 'react'
import styles from './Markdown.module.css'
import { htmlOf } from './markdown-html.ts'

/** What Markdown makes and nothing else; no style, no class, no picture, no form. */
const allowed = {
  ALLOWED_TAGS: [
    'p',
    'br',
    'strong',
    'em',
    'del',
    'code',
    'pre',
    'blockquote',
    'ul',
    'ol',
    'li',
    'h3',
    'h4',
    'h5',
    'h6',
    'hr',
    'a',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
  ],
  ALLOWED_ATTR: ['href', 'title', 'target', 'rel', 'start', 'align'],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|\/(?![/\\]))/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
} as const

/** A text that somebody wrote, as Markdown. Whatever it holds, nothing in it runs and nothing is fetched by showing it. */
export function Markdown({ text }: { text: string }) {
  const place = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const safe = DOMPurify.sanitize(htmlOf(text), {
      ...allowed,
      ALLOWED_TAGS: [...allowed.ALLOWED_TAGS],
      ALLOWED_ATTR: [...allowed.ALLOWED_ATTR],
    })
    place.current?.replaceChildren(safe)
  }, [text])
  return <div ref={place} className={styles.markdown} />
}
