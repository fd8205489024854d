#!/usr/bin/env node
/**
 * Completes package-lock.json after `npm install` ran against a registry that lacks packages of other platforms.
 * npm leaves those out of the lock, and `npm ci` then fails everywhere with "Missing: … from lock file". An entry
 * with version, os and cpu but no checksum is enough: npm skips it where the platform differs.
 * Run by hand: node dev/lock-platforms.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs'

const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

const file = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(file, 'utf8'))
const { packages } = lock

const resolves = (from, name) => {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true
    if (!at) return false
  }
}

let added = 0
for (const [from, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (resolves(from, name) || !/^\d+\.\d+\.\d+/.test(version)) continue
    const words = name.split(/[/-]/).map((word) => (/^arm-?(musl)?e?abi(hf)?$/.test(word) ? 'arm' : word))
    const os = OS.filter((known) => words.includes(known))
    const cpu = CPU.filter((known) => words.includes(known))
    if (os.length + cpu.length === 0) continue
    const libc = os[0] === 'linux' && words.some((word) => word.startsWith('musl')) ? { libc: ['musl'] } : {}
    packages[`node_modules/${name}`] = {
      version,
      ...(cpu.length && { cpu }),
      ...(dev && { dev }),
      ...libc,
      optional: true,
      ...(os.length && { os }),
    }
    added += 1
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')))
if (added > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(
  added > 0
    ? `Added ${added} platform packages to package-lock.json.`
    : 'package-lock.json names every platform package.',
)
