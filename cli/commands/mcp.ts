import { type Define, examples } from '../command.ts'

export const defineMcp: Define = (program) =>
  examples(
    program
      .command('mcp')
      .description(
        'serve AI assistants over standard input and output (Model Context Protocol), with the rights of the key',
      ),
    'claude mcp add watchfloor -- watchfloor mcp',
    'WATCHFLOOR_URL=https://watchfloor.example WATCHFLOOR_API_KEY=… watchfloor mcp',
    // Half of what the command line would load is for this one alone.
  ).action(async () => (await import('../mcp/serve.ts')).serve())
