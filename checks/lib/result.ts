import type { Timings } from './net.ts'

/**
 * `blind`: we could not look (our network, our name servers, too many open files, shutting down); never the target's
 * fault, and it never counts as a failed look.
 */
export type Outcome = 'ok' | 'degraded' | 'failed' | 'blind'

/** One line of what was seen; `ok` is left out where there is nothing to judge. */
export type Fact = { label: string; value: string; ok?: boolean }

/** What the target sent, cut to 2,000 characters each and safe to store; show it as text, never as HTML. */
export type Sample = { headers?: string; body?: string }

export type Verdict = {
  outcome: Outcome
  /** A sentence without the full stop: "HTTP 503 Service Unavailable, expected 200-399". */
  message: string
  /** One short word for machines: `ok`, `slow`, `timeout`, `refused`, `status`, `assertion`, `cert_expired` … */
  code: string
  /** Milliseconds per phase. */
  timings?: Timings
  facts: Fact[]
  sample?: Sample
}

/** `ms`: the whole look, in milliseconds with fractions. */
export type CheckResult = Verdict & { ms: number }

const MESSAGE = 500
const LABEL = 80
const VALUE = 500
const FACTS = 20
const SAMPLE = 2_000

/** Text that PostgreSQL takes (no NUL, no half of a surrogate pair) and no longer than `most` characters. */
export const clean = (text: string, most: number): string => {
  const whole = text.length > most ? `${text.slice(0, most - 1)}…` : text
  return whole.replaceAll('\0', '').toWellFormed()
}

const cleanFact = (fact: Fact): Fact => ({ ...fact, label: clean(fact.label, LABEL), value: clean(fact.value, VALUE) })

/** Bounds everything that came from outside, and blots out the secrets of the config where a target echoes them. */
export const tidy = (verdict: Verdict, secrets: () => string[]): Verdict => {
  const { sample } = verdict
  const bounded: Verdict = {
    ...verdict,
    message: clean(verdict.message, MESSAGE),
    facts: verdict.facts.slice(0, FACTS).map(cleanFact),
  }
  if (sample) {
    bounded.sample = {}
    if (sample.headers !== undefined) bounded.sample.headers = clean(sample.headers, SAMPLE)
    if (sample.body !== undefined) bounded.sample.body = clean(sample.body, SAMPLE)
  }
  return verdict.outcome === 'ok' && !sample ? bounded : blotted(bounded, secrets())
}

const blotted = (verdict: Verdict, secrets: string[]): Verdict => {
  // Shorter ones would blot out ordinary words and are no secret worth the name.
  const words = secrets.filter((secret) => secret.length >= 4)
  if (words.length === 0) return verdict
  const blot = (text: string) => words.reduce((rest, word) => rest.replaceAll(word, '••••'), text)
  return {
    ...verdict,
    message: blot(verdict.message),
    facts: verdict.facts.map((fact) => ({ ...fact, value: blot(fact.value) })),
    ...(verdict.sample
      ? { sample: Object.fromEntries(Object.entries(verdict.sample).map(([part, text]) => [part, blot(text)])) }
      : {}),
  }
}
