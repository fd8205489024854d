import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { filesAt } from './files-at.ts'

const folder = mkdtempSync(join(tmpdir(), 'wf-files-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const text = 'insert_job: ZRH_CLOSE\tjob_type: CMD\r\ndescription: "Börse Zürich – Schluß\r\n'
/** As Windows-1252 has it, whose dash Latin-1 has not. */
const old = Buffer.from([...text].map((c) => (c === '–' ? 0x96 : c.charCodeAt(0))))

it.each([
  ['UTF-8', Buffer.from(text)],
  ['Latin-1', old],
])('what is written in %s is read whole', (name, bytes) => {
  const path = join(folder, `${name}.jil`)
  writeFileSync(path, bytes)
  expect(filesAt(path)).toEqual([{ name: path, text }])
})

it('of a folder all files are read, and what is not there is told', () => {
  expect(filesAt(folder).map((file) => file.text)).toEqual([text, text])
  expect(() => filesAt(join(folder, 'nowhere'))).toThrow(/nowhere cannot be read/)
})
