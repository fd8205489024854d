import { expect, it } from 'vitest'
import { gif, hugePng, png, svg } from '../../../../test/harness/files.ts'
import { sniff } from './sniff.ts'

it.each([
  ['a PNG', png(), { type: 'image/png', width: 3, height: 2 }],
  ['a GIF', gif, { type: 'image/gif', width: 1, height: 1 }],
  ['a PNG that opens into too many pixels: not shown', hugePng(), { type: 'image/png', width: null, height: null }],
  [
    'a PNG that is cut after its first bytes',
    png().subarray(0, 12),
    { type: 'application/octet-stream', width: null, height: null },
  ],
  ['text', Buffer.from('no prices since 06:56\n'), { type: 'text/plain', width: null, height: null }],
  ['text that is cut in a letter', Buffer.from('é').subarray(0, 1), { type: 'text/plain', width: null, height: null }],
  [
    'a page that calls itself a picture',
    Buffer.from('<script>1</script>'),
    { type: 'text/plain', width: null, height: null },
  ],
  ['bytes', Buffer.from([1, 2, 0, 255]), { type: 'application/octet-stream', width: null, height: null }],
  ['nothing', Buffer.alloc(0), { type: 'application/octet-stream', width: null, height: null }],
])('%s', async (_, bytes, expected) => expect(await sniff(bytes)).toEqual(expected))

it('never takes an SVG for a picture that may be shown', async () => {
  expect((await sniff(Buffer.from(svg))).width).toBeNull()
})
