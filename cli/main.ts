/**
 * The command line. What stands around a job, and what delivers its pings, must start quickly and needs none of the
 * other commands; so nothing is imported before it is known what is wanted.
 */
const start = async (given: string[]): Promise<void> => {
  const { runJob, deliverSpool } = await import('./run/entry.ts')
  if (given[0] === 'run' && (await runJob(given.slice(1)))) return
  if (given[0] === 'spool' && given[1] === 'deliver') return deliverSpool(given)
  const { main } = await import('./program.ts')
  await main()
}

// No await at the top: the bundle is CommonJS, which Node 20 runs whatever the file is called.
void start(process.argv.slice(2))
