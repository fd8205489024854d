/** Where a file is sent, downloaded and shown. Without the validation library, which pages do not load first. */
export const attachmentPaths = {
  upload: (name: string) => `/api/attachments?name=${encodeURIComponent(name)}`,
  download: (id: string) => `/api/attachments/${id}`,
  preview: (id: string) => `/api/attachments/${id}/preview`,
}
