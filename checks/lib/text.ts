/** Bytes as text in the charset that the Content-Type names, else UTF-8; what is not text becomes replacement characters. */
export const decodeText = (bytes: Uint8Array, contentType: string | undefined): string => {
  const charset = contentType?.match(/charset\s*=\s*"?([\w.:-]+)/i)?.[1]
  return decoderFor(charset ?? 'utf-8').decode(bytes)
}

const decoderFor = (charset: string): TextDecoder => {
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}

/** `\r \n \t \0 \\` and `\x41` as typed in a form, turned into what they stand for; other backslashes stay. */
export const readEscapes = (text: string): string =>
  text.replace(/\\(?:([rnt0\\])|x([0-9a-f]{2}))/gi, (_all, letter: string | undefined, hex: string | undefined) =>
    hex === undefined ? (escapes[letter?.toLowerCase() ?? ''] ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  )

const escapes: Record<string, string> = { r: '\r', n: '\n', t: '\t', '0': '\0', '\\': '\\' }

const hidden = new Set(['set-cookie', 'set-cookie2', 'authorization', 'proxy-authorization', 'www-authenticate'])

/** Response headers one a line, with session keys and the like masked. */
export const headerLines = (headers: Record<string, string | string[] | undefined>): string =>
  Object.entries(headers)
    .flatMap(([name, value]) => [value ?? []].flat().map((each) => `${name}: ${hidden.has(name) ? '••••' : each}`))
    .join('\n')
