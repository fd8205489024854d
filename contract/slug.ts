/**
 * 'Équités (London)' → 'equites-london': a short name out of a name, in the form of {@link slug}, so that page and
 * server propose the same. Empty where the name has no letter or digit of Latin.
 */
export const slugOf = (name: string, most = 63): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, most)
    .replace(/-+$/, '')
