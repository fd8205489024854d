import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { attachmentPaths } from '../../contract/desk/attachment-paths.ts'
import type { DeskHouse } from './desk.ts'

/** Sends, reads and counts files as people of the desk's house do. */
export const filesIn = (house: DeskHouse) => {
  const ask = async (who: string, method: 'GET' | 'POST' | 'DELETE', url: string, payload?: Buffer | string) => {
    const answer = await house.http.inject({
      method,
      url: `/api/attachments${url}`,
      headers: { authorization: `Bearer ${who}`, ...(payload === undefined ? {} : { 'content-type': 'image/png' }) },
      ...(payload === undefined ? {} : { payload }),
    })
    const isJson = String(answer.headers['content-type']).includes('json')
    return {
      status: answer.statusCode,
      headers: answer.headers,
      bytes: answer.rawPayload,
      body: isJson ? answer.json() : null,
    }
  }
  return {
    ask,
    send: async (who: string, name: string, bytes: Buffer | string): Promise<string> => {
      const { status, body } = await ask(
        who,
        'POST',
        attachmentPaths.upload(name).replace('/api/attachments', ''),
        bytes,
      )
      if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`)
      return body.id
    },
    /** What lies in the data folder. */
    onDisk: (): string[] => {
      try {
        return readdirSync(join(house.platform.config.DATA_DIR, 'files'), { recursive: true, withFileTypes: true })
          .filter((e) => e.isFile())
          .map((e) => e.name)
      } catch {
        return []
      }
    },
  }
}
