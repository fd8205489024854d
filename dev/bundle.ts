/**
 * `npm run bundle`: the command line as one file, dist/watchfloor, to copy to other machines. It needs a Node from 20 on
 * there, and for `run` a Perl, if jobs are not to wait for Node. The file is a shell script to the kernel, a Perl program
 * to `perl -x`, and JavaScript to Node.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { rolldown } from 'rolldown'

const root = join(import.meta.dirname, '..')
const asked = process.argv[2]
const target = asked ? resolve(asked) : join(root, 'dist', 'watchfloor')

const bundle = await rolldown({
  input: join(root, 'cli', 'main.ts'),
  platform: 'node',
  transform: { define: { 'process.env.WATCHFLOOR_BUNDLE': '"yes"' } },
})
const { output } = await bundle.generate({ format: 'cjs', codeSplitting: false, minify: true })
if (output.length !== 1) throw new Error(`The bundle has ${output.length} parts; it must have one.`)

const perl = readFileSync(join(root, 'cli', 'run', 'supervise.pl'), 'utf8')
if (perl.includes('*/')) throw new Error('supervise.pl must not hold what ends a comment in JavaScript.')

const shell = `#!/bin/sh
':' /* 2>/dev/null
# Watchfloor's command line in one file. Read by sh, by perl -x and by Node.
node=\${WATCHFLOOR_NODE:-node}
if [ "$1" = run ] && [ "$WATCHFLOOR_SUPERVISOR" != node ] && command -v perl >/dev/null 2>&1; then
  exec perl -x -- "$0" "$0" "$node" "$0" "$@"
fi
if ! command -v "$node" >/dev/null 2>&1; then
  echo "Watchfloor's command line needs Node.js 20 or newer. Install it, or say where it is in WATCHFLOOR_NODE." >&2
  exit 1
fi
exec "$node" "$0" "$@"
`
mkdirSync(dirname(target), { recursive: true })
writeFileSync(target, `${shell}${perl}__END__\n*/\n${output[0].code}`, { mode: 0o755 })
// Beside a checkout's package.json it would be taken for a module.
if (!asked) writeFileSync(join(dirname(target), 'package.json'), '{ "type": "commonjs" }\n')
console.log(target)
