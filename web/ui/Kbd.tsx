import styles from './Kbd.module.css'

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)
const names: Record<string, string> = {
  mod: mac ? '⌘' : 'Ctrl',
  shift: 'Shift',
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  k: 'K',
}

/** A key as the reader knows it: 'mod+Enter' → 'Ctrl ↵', 'Escape' → 'Esc', 'g q' → 'g q'. */
export const keyName = (key: string): string =>
  key.length > 1 && key.includes('+')
    ? key
        .split('+')
        .map((part) => names[part] ?? part)
        .join(' ')
    : (names[key.length > 1 ? key : ''] ?? key)

/** The form of a key that assistive technology understands (aria-keyshortcuts). */
export const ariaKey = (key: string): string =>
  /^[A-Z]$/.test(key) ? `Shift+${key}` : key.replace('mod+', mac ? 'Meta+' : 'Control+').replace('shift+', 'Shift+')

/** A key, drawn as a key. Beside a word that says what it does; hidden from screen readers, which hear aria-keyshortcuts. */
export const Kbd = ({ k }: { k: string }) => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a drawn key does not take the focus
  <kbd className={styles.kbd} aria-hidden="true">
    {keyName(k)}
  </kbd>
)
