/** As an import knows a job: with the host that was named at it. */
export const importedName = (host: string, name: string): string => [host, name].filter(Boolean).join('/')
