import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { spanSeconds } from './spans.ts'

/** Programs that run another one, which is what the job is about. */
const wrappers =
  /^(sudo|nice|ionice|nohup|setsid|chronic|env|exec|time|flock|timeout|stdbuf|bash|sh|ksh|zsh|perl|python\d?(\.\d+)?|ruby|php|node|java|su|runuser|systemd-cat|solo)$/
/** Those of their options that take a word of their own. */
const withWord: Record<string, string[]> = {
  sudo: ['-u', '-g'],
  nice: ['-n'],
  ionice: ['-c', '-n'],
  flock: ['-w', '-E', '--timeout', '--wait'],
  timeout: ['-k', '-s', '--kill-after', '--signal'],
  su: ['-s'],
  runuser: ['-u', '-s'],
  systemd: ['-t'],
}

const wordsOf = (text: string): string[] =>
  (text.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((w) => w.replace(/^(["'])(.*)\1$/, '$2'))

type Heart = { words: string[]; alone: boolean; limit: string | null }

/** The words of what a command runs, without what stands around it: `cd`, settings, `flock`, `timeout`, redirections. */
const heartOf = (command: string, around: Omit<Heart, 'words'> = { alone: false, limit: null }): Heart => {
  const parts = command
    .split(/&&|\|\||;|\n/)
    .map((p) => p.trim().replace(/^(then|else|do|\{|\()\s+/, ''))
    .filter(Boolean)
  const isAside = (p: string) =>
    /^(if|while|fi|done|cd|\[|\[\[|test|\.|source|umask|export|sleep|set)\s/.test(p) || /^\w+=\S*$/.test(p)
  const [plain = ''] = (parts.find((p) => !isAside(p)) ?? parts[0] ?? '').split(/\s\||\s?\d?>/)
  let words = wordsOf(plain)
  let { alone, limit } = around
  for (;;) {
    const from = words.findIndex((w) => !/^\w+=/.test(w))
    words = words.slice(Math.max(0, from))
    const wrapper = basename(words[0] ?? '')
    if (!wrappers.test(wrapper) || words.length < 2) break
    const left = words.slice(1)
    let inner: string | undefined
    while (left[0]?.startsWith('-')) {
      const option = left.shift() ?? ''
      if (withWord[wrapper]?.includes(option)) left.shift()
      // What follows is the command as one text.
      else if (/^-\w*c$/.test(option)) inner ??= left[0]
    }
    if (wrapper === 'flock') {
      alone = true
      left.shift()
    }
    if (wrapper === 'timeout') limit = left.shift() ?? null
    if (wrapper === 'flock' && left[0] === '-c') inner ??= left[1]
    // Each time it is shorter, so that it ends.
    if (inner) return heartOf(inner, { alone, limit })
    if (left.length === 0) break
    words = left
  }
  return { words, alone, limit }
}

/** A name for people: the program without its folder and ending, and its first words. */
export const nameOf = (command: string): string => {
  const [program = '', ...rest] = heartOf(command).words
  const name = basename(program).replace(/\.(sh|bash|ksh|py|pl|rb|php|js|jar)$/, '')
  let text = name || command.trim()
  for (const word of rest) {
    if (text.length + word.length > 58) break
    text += ` ${word}`
  }
  return text.slice(0, 60).trim()
}

/** What stands around a command says whether it waits for its own last run, and how long it may take. */
export const boundsOf = (command: string): { alone: boolean; maxRunSeconds: number | null } => {
  const { alone, limit } = heartOf(command)
  return { alone, maxRunSeconds: limit === null ? null : spanSeconds(limit) }
}

/** Twelve signs that stand for a text. */
export const mark = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12)
