import { displayTime, type Message, type Priority, REPEAT_NOTE } from './message.ts'
import { linksByRank } from './render-text.ts'

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c)

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const BADGE: Record<Priority, string> = {
  P1: 'background:#c9231c;color:#ffffff',
  P2: 'background:#a34f00;color:#ffffff',
  P3: 'background:#7a5d00;color:#ffffff',
  P4: 'background:#4c5b70;color:#ffffff',
  P5: 'background:#4c5b70;color:#ffffff',
}

// Mail programs that follow the reader's theme use these; the others keep the light inline colours, complete in
// themselves, so that nothing ends as dark text on a dark ground.
const DARK = `@media (prefers-color-scheme: dark) {
.ground { background: #111214 !important }
.card { background: #18191c !important; border-color: #292b30 !important }
.text { color: #e8e6e1 !important }
.muted { color: #b0afa8 !important }
.link { color: #7aa2ff !important }
.button { background: #7aa2ff !important; border-color: #7aa2ff !important; color: #111214 !important }
.other { border-color: #7aa2ff !important; color: #7aa2ff !important }
}`

const badge = (priority: Priority | undefined): string =>
  priority
    ? `<span style="${BADGE[priority]};display:inline-block;padding:1px 8px;border-radius:4px;font-size:13px;line-height:20px;vertical-align:middle;font-weight:700">${priority}</span> `
    : ''

const FILLED = 'background:#2456c9;color:#ffffff;border:1px solid #2456c9'
const OUTLINED = 'color:#2456c9;border:1px solid #2456c9'

/** The first is what is asked for; another beside it is the other answer. */
const button = (link: Message['links'][number], index: number): string =>
  `<p style="margin:0 0 ${index === 0 ? 12 : 20}px"><a class="${index === 0 ? 'button' : 'other'}" href="${escapeHtml(link.url)}" style="display:block;${index === 0 ? FILLED : OUTLINED};text-decoration:none;text-align:center;font-size:18px;line-height:24px;font-weight:600;padding:14px 20px;border-radius:8px">${escapeHtml(link.label)}</a></p>`

const paragraphs = (lines: string[]): string =>
  lines
    .map((line) => `<p class="text" style="margin:0 0 8px;color:#1b1c1e">${escapeHtml(line) || '&nbsp;'}</p>`)
    .join('\n')

const factTable = (facts: NonNullable<Message['facts']>): string =>
  facts.length === 0
    ? ''
    : `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:12px 0;border-collapse:collapse">${facts
        .map(
          (f) =>
            `<tr><td class="muted" style="padding:2px 16px 2px 0;color:#55564f;vertical-align:top${f.label.length <= 20 ? ';white-space:nowrap' : ''}">${escapeHtml(f.label)}</td><td class="text" style="padding:2px 0;color:#1b1c1e">${escapeHtml(f.value)}</td></tr>`,
        )
        .join('')}</table>`

const plainLinks = (links: Message['links']): string =>
  links
    .map(
      (l) =>
        `<p style="margin:8px 0 0"><a class="link" href="${escapeHtml(l.url)}" style="color:#2456c9">${escapeHtml(l.label)}</a></p>`,
    )
    .join('\n')

/** A cleaned message as the HTML of a mail: no script, no image, nothing loaded from elsewhere; readable in both themes. */
export const renderHtml = (message: Message): string => {
  const links = linksByRank(message.links)
  const notes = [displayTime(message.at), ...(message.mayRepeat ? [REPEAT_NOTE] : [])]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(message.title)}</title>
<style>${DARK}</style>
</head>
<body class="ground" style="margin:0;padding:16px;background:#f6f6f4;${FONT};font-size:15px;line-height:22px">
<div class="card" style="max-width:560px;margin:0 auto;padding:20px;background:#ffffff;border:1px solid #e3e2dd;border-radius:8px;overflow-wrap:anywhere">
<h1 class="text" style="margin:0 0 16px;font-size:19px;line-height:26px;font-weight:600;color:#1b1c1e">${badge(message.priority)}${escapeHtml(message.title)}</h1>
${links
  .filter((l) => l.primary)
  .map(button)
  .join('\n')}
${paragraphs(message.lines)}
${factTable(message.facts ?? [])}
${plainLinks(links.filter((l) => !l.primary))}
${notes.map((note) => `<p class="muted" style="margin:16px 0 0;font-size:13px;line-height:18px;color:#55564f">${escapeHtml(note)}</p>`).join('\n')}
</div>
</body>
</html>
`
}
