import { describe, expect, it } from 'vitest'
import { measuredIn, volumesOfPerfdata } from './perfdata.ts'

/** Performance data as the guidelines for plug-ins of Nagios have it, and as plug-ins really write it. */

const full = { warn: null, crit: null, min: null, max: null, unit: '' }
const of = (label: string, value: number | null, more: object = {}) => ({ ...full, label, value, ...more })

describe('what was measured', () => {
  it.each([
    ['nothing', 'OK - all is well', []],
    ['nothing behind the sign', 'OK |', []],
    ['one', 'OK | rows=1200', [of('rows', 1200)]],
    ['without a blank', 'OK|rows=1200', [of('rows', 1200)]],
    [
      'all of it',
      'PING OK | rta=0.80ms;100:200;@~:500;0;1000',
      [of('rta', 0.8, { unit: 'ms', warn: '100:200', crit: '@~:500', min: 0, max: 1000 })],
    ],
    ['gaps', '| a=1;;5;; b=2;;;0', [of('a', 1, { crit: '5' }), of('b', 2, { min: 0 })]],
    ['semicolons at the end', '| a=1;;;;', [of('a', 1)]],
    [
      'units',
      '| a=1s b=2% c=3KB d=4c e=5us',
      [
        of('a', 1, { unit: 's' }),
        of('b', 2, { unit: '%' }),
        of('c', 3, { unit: 'KB' }),
        of('d', 4, { unit: 'c' }),
        of('e', 5, { unit: 'us' }),
      ],
    ],
    ['a quoted label', "| 'free space'=12MB;5;2", [of('free space', 12, { unit: 'MB', warn: '5', crit: '2' })]],
    ['a quote and a sign in it', "| 'a=b''s'=3", [of("a=b's", 3)]],
    ['one that is quoted for nothing', "| '/'=2643MB", [of('/', 2643, { unit: 'MB' })]],
    ['what is not known', '| a=U;1;2 b=u', [of('a', null, { warn: '1', crit: '2' }), of('b', null)]],
    [
      'signs, points, powers',
      '| a=-3.5 b=.5 c=+7. d=1e3 e=1.5E-2s',
      [of('a', -3.5), of('b', 0.5), of('c', 7), of('d', 1000), of('e', 0.015, { unit: 's' })],
    ],
    [
      'several lines',
      'OK | a=1\nlong text, x=9\nmore | b=2\nc=3 d=4',
      [of('a', 1), of('b', 2), of('c', 3), of('d', 4)],
    ],
    ['a second sign in the first line', 'OK | a=1 | b=2', [of('a', 1), of('b', 2)]],
    ['only below', 'OK\nlong | b=2', [of('b', 2)]],
    ['what is none', "| =1 a= b=x c=1,5 d e=1=2 'f=1 g=2", [of('g', 2)]],
    ['what hangs together', '| a=1;2;3;4;5;6', [of('a', 1, { warn: '2', crit: '3', min: 4, max: 5 })]],
    ['lines of Windows', 'OK | a=1\r\nlong\r\nmore | b=2\r\nc=3', [of('a', 1), of('b', 2), of('c', 3)]],
  ])('%s', (_what, output, measured) => {
    expect(measuredIn(output)).toEqual(measured)
  })

  it('is bounded, whatever is sent', () => {
    expect(measuredIn(`|${' a=1'.repeat(50_000)}`).length).toBe(1_000)
    for (const odd of ["'", "''", "''' ", "'a'' ", "'a ", 'a', '=', ' ', ';', 'a=1', "'b'=1", '1', 'a=1.1.'])
      expect(measuredIn(`|${odd.repeat(500_000)}`).length).toBeLessThanOrEqual(1_000)
  })
})

describe('what a run reports by it', () => {
  it.each([
    ['nothing', 'OK', null],
    ['nothing that is an amount', '| a=U b=-1 duration=5s', null],
    [
      'names as volumes have them',
      "| 'C:\\ Free %'=12% /var/log=3 Rows=7 1st=1 /=5",
      {
        c_free: 12,
        var_log: 3,
        rows: 7,
        st: 1,
      },
    ],
    [
      'one unit for all',
      '| t=1500ms u=20us m=2MB k=1.5KB b=12B',
      { t: 1.5, u: 0.00002, m: 2_097_152, k: 1_536, b: 12 },
    ],
    ['the last of a name', '| a=1 a=2', { a: 2 }],
    [
      'what is too fine or too much',
      '| a=0.12345678 b=1e300 c=999999999999999',
      { a: 0.123457, c: 999_999_999_999_999 },
    ],
    ['nothing at all', '| a=0', { a: 0 }],
    [
      'ten of them',
      `|${Array.from({ length: 12 }, (_, n) => ` n${n}=${n}`).join('')}`,
      Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`n${n}`, n])),
    ],
  ])('%s', (_what, output, volumes) => {
    expect(volumesOfPerfdata(output)).toEqual(volumes)
  })
})
