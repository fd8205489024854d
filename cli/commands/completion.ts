import type { Command } from 'commander'
import { type Define, examples } from '../command.ts'
import { say } from '../output.ts'

export const defineCompletion: Define = (program) =>
  examples(
    program
      .command('completion')
      .addArgument(shellArgument(program))
      .description('a script with which the shell completes commands and options'),
    'watchfloor completion bash > /etc/bash_completion.d/watchfloor',
    'watchfloor completion zsh > ~/.zfunc/_watchfloor',
    'watchfloor completion fish > ~/.config/fish/completions/watchfloor.fish',
  ).action((shell: keyof typeof scripts) => say(scripts[shell](paths(program))))

const shellArgument = (program: Command) =>
  program.createArgument('<shell>', 'bash, zsh or fish').choices(['bash', 'zsh', 'fish'])

type Path = { words: string; does: string; next: { word: string; does: string; choices: readonly string[] }[] }

/** What may follow each command: its commands, its options, and what these may be. */
const paths = (command: Command, words = ''): Path[] => {
  const commands = command.createHelp().visibleCommands(command)
  const next = [
    ...commands.map((c) => ({ word: c.name(), does: c.description(), choices: [] })),
    ...command.registeredArguments.flatMap((a) =>
      (a.argChoices ?? []).map((word) => ({ word, does: '', choices: [] })),
    ),
    ...command
      .createHelp()
      .visibleOptions(command)
      .flatMap((o) => (o.long ? [{ word: o.long, does: o.description, choices: o.argChoices ?? [] }] : [])),
  ]
  const here = { words, does: command.description(), next }
  return [here, ...commands.filter((c) => c.name() !== 'help').flatMap((c) => paths(c, `${words} ${c.name()}`.trim()))]
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
const optionCases = (all: Path[], say: (p: Path, word: string, choices: readonly string[]) => string) =>
  all.flatMap((p) => p.next.filter((n) => n.choices.length > 0).map((n) => say(p, n.word, n.choices)))

const scripts = {
  bash: (all: Path[]) => `# bash completion of watchfloor
_watchfloor() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} path= word words=
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
      ${all
        .filter((p) => p.words)
        .map((p) => quoted(p.words))
        .join('|')}) path=\${path:+$path }$word ;;
      'run '*) COMPREPLY=($(compgen -A command -- "$current")); [ "$word" = -- ] && return ;;
    esac
  done
  case "$path:$before" in
${optionCases(all, (p, word, choices) => `    ${quoted(`${p.words}:${word}`)}) words=${quoted(choices.join(' '))} ;;`).join('\n')}
    *) case "$path" in
${all.map((p) => `      ${quoted(p.words)}) words=${quoted(p.next.map((n) => n.word).join(' '))} ;;`).join('\n')}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _watchfloor watchfloor`,

  zsh: (all: Path[]) => `#compdef watchfloor
_watchfloor() {
  local before=\${words[CURRENT-1]} path= word
  local -a found
  for word in \${words[2,CURRENT-1]}; do
    case "\${path:+$path }$word" in
      ${all
        .filter((p) => p.words)
        .map((p) => quoted(p.words))
        .join('|')}) path="\${path:+$path }$word" ;;
      'run '*) [[ $word == -- ]] && { _normal; return } ;;
    esac
  done
  case "$path:$before" in
${optionCases(all, (p, word, choices) => `    ${quoted(`${p.words}:${word}`)}) found=(${choices.map(quoted).join(' ')}) ;;`).join('\n')}
    *) case "$path" in
${all.map((p) => `      ${quoted(p.words)}) found=(${p.next.map((n) => quoted(`${n.word}:${n.does.replaceAll(':', ' ')}`)).join(' ')}) ;;`).join('\n')}
    esac ;;
  esac
  _describe watchfloor found || _files
}
_watchfloor "$@"`,

  fish: (all: Path[]) => {
    const condition = (p: Path) => {
      const words = p.words.split(' ').filter(Boolean)
      if (words.length === 0) return '__fish_use_subcommand'
      const seen = words.map((w) => `__fish_seen_subcommand_from ${w}`).join('; and ')
      const below = p.next.filter((n) => !n.word.startsWith('-')).map((n) => n.word)
      return below.length > 0 ? `${seen}; and not __fish_seen_subcommand_from ${below.join(' ')}` : seen
    }
    const line = (p: Path, n: Path['next'][number]) => {
      const what = n.word.startsWith('--')
        ? `-l ${n.word.slice(2)}${n.choices.length > 0 ? ` -x -a ${quoted(n.choices.join(' '))}` : ''}`
        : `-f -a ${quoted(n.word)}`
      return `complete -c watchfloor -n ${quoted(condition(p))} ${what} -d ${quoted(n.does)}`
    }
    return `# fish completion of watchfloor\n${all.flatMap((p) => p.next.map((n) => line(p, n))).join('\n')}`
  },
} as const
