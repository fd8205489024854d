import { sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import { assumedFrequency, isFiller, type Word } from './likeness.ts'
import { tokensOf, withoutFigures } from './tokens.ts'

/** How frequent a word is taken to be that is not among the frequent ones. */
const RARE = 0.0002

type Corpus = { table: string; column: string }

/**
 * The words of a text with their lexemes (without the stop words and those that say nothing), and how frequent each is in a column of texts, by
 * what the planner knows of it; what it does not list is rare. The last word counts as begun when nothing follows it.
 */
export const wordsOf = async (db: Db, text: string, { table, column }: Corpus): Promise<Word[]> => {
  const tokens = tokensOf(withoutFigures(text))
  if (tokens.length === 0) return []
  const { rows } = await sql<{ word: string; lexeme: string; frequency: number | null }>`
    with common as (
      select e.lexeme, e.frequency from pg_stats s,
        lateral unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as e(lexeme, frequency)
      where s.schemaname = current_schema() and s.tablename = ${table} and s.attname = ${column} and e.lexeme is not null)
    select w.word, l.lexeme,
      case when exists (select from common) then coalesce(c.frequency, ${RARE})::float8 end as frequency
    from unnest(${tokens}::text[]) with ordinality as w(word, place)
      cross join lateral unnest(tsvector_to_array(to_tsvector('english', w.word))) as l(lexeme)
      left join common c on c.lexeme = l.lexeme
    order by w.place`.execute(db)
  const begun = /[\p{L}\p{N}]$/u.test(text) ? tokens.at(-1) : undefined
  const seen = new Set<string>()
  return rows
    .filter((r) => !isFiller(r.lexeme) && !seen.has(r.lexeme) && seen.add(r.lexeme))
    .map((r) => ({
      ...r,
      frequency: assumedFrequency(r.lexeme, r.frequency),
      begun: r.word === begun && r.word.length >= 3,
    }))
}

/** Any of the words: the text of a tsquery whose lexemes are taken as they are; null without words. */
export const anyOf = (words: readonly Word[], given: { begun?: boolean } = {}): string | null =>
  words.length === 0 ? null : words.map((w) => quoted(w.lexeme) + (given.begun && w.begun ? ':*' : '')).join(' | ')

/** All of the words. */
export const allOf = (words: readonly Word[]): string => words.map((w) => quoted(w.lexeme)).join(' & ')

const quoted = (lexeme: string) => `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
