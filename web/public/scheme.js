// Runs before the first paint, so that a dark page never flashes light. A file of its own, because the
// Content-Security-Policy allows no inline script. The key is the one of ui/Provider.tsx.
;(() => {
  let chosen = null
  try {
    chosen = localStorage.getItem('watchfloor.scheme')
  } catch {
    // Storage may be blocked; the system's scheme is used.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
