import { z } from 'zod'
import { attachmentView } from './attachments.ts'

const binary = { 'application/octet-stream': {} }
const tags = ['desk']
const idInPath = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }

/** Addresses beside the contract, for the API's document: a file is no JSON. */
export const attachmentOperations = {
  '/attachments': {
    post: {
      summary: 'Send a file; what is not attached within a day is removed',
      operationId: 'desk.attachments.upload',
      tags,
      parameters: [{ name: 'name', in: 'query', required: true, schema: { type: 'string', maxLength: 1000 } }],
      requestBody: { required: true, description: 'The file as it is', content: binary },
      responses: {
        201: {
          description: 'Its id, to be named in the attachments of a ticket, a reply or a note',
          content: { 'application/json': { schema: z.toJSONSchema(attachmentView, { io: 'output' }) } },
        },
      },
    },
  },
  '/attachments/{id}': {
    get: {
      summary: 'Download a file',
      operationId: 'desk.attachments.download',
      tags,
      parameters: [idInPath],
      responses: { 200: { description: 'The file, to be saved and never shown', content: binary } },
    },
  },
  '/attachments/{id}/preview': {
    get: {
      summary: 'A picture to be shown: PNG, JPEG, GIF or WebP by its bytes',
      operationId: 'desk.attachments.preview',
      tags,
      parameters: [idInPath],
      responses: { 200: { description: 'The picture', content: { 'image/*': {} } } },
    },
  },
}
