/** Rows as CSV. A cell that begins like a formula would be one in a spreadsheet: it begins with an apostrophe. */
export const csvText = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map((cells) => cells.map(cell).join(',')).join('\r\n')

const cell = (value: string | number | null): string =>
  typeof value === 'number' ? String(value) : `"${(value ?? '').replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`

/** Has the browser keep what is at an address as a file. */
export const saveFile = (name: string, href: string): void => {
  const link = document.createElement('a')
  link.href = href
  link.download = name
  link.click()
}

export const saveCsv = (name: string, text: string): void => {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  saveFile(name, href)
  setTimeout(() => URL.revokeObjectURL(href), 10_000)
}
