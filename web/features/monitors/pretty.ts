/** JSON in lines, as people read it; any other text as it is. */
export const pretty = (text: string): string => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? JSON.stringify(value, null, 2) : text
  } catch {
    return text
  }
}
