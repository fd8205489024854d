/** What alerts and monitors have of a host's name in any case: without its domain. An address stays as it is. */
export const bareName = (name: string): string => (/^[0-9.:]+$/.test(name) ? name : (name.split('.')[0] ?? name))
