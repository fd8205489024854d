import { describe, expect, it } from 'vitest'
import { detectionSentence } from './detection.ts'
import { fromForm, keptSecret, toForm } from './secrets.ts'

describe('how fast it is found down', () => {
  it.each([
    [{ intervalSeconds: 10, timeoutSeconds: 10, downAfter: 4 }, 'Found down within 50 s.'],
    [{ intervalSeconds: 60, timeoutSeconds: 10, downAfter: 3 }, 'Found down within 3 min 10 s.'],
    [{ intervalSeconds: 3600, timeoutSeconds: 0.2, downAfter: 1 }, 'Found down within 1 h 1 s.'],
    [{ intervalSeconds: 5, timeoutSeconds: 5, downAfter: 1 }, 'Found down within 10 s.'],
  ])('%j', (rhythm, sentence) => expect(detectionSentence(rhythm)).toBe(sentence))
})

describe('stored secrets in a form', () => {
  const config = {
    address: 'https://a.example',
    token: keptSecret,
    headers: [
      { name: 'A', value: keptSecret },
      { name: 'B', value: 'typed' },
    ],
  }

  it('are taken out, and their places are told', () => {
    const { value, kept } = toForm(config)
    expect([...kept]).toEqual(['token', 'headers.0.value'])
    expect(value).toEqual({ address: 'https://a.example', headers: [{ name: 'A' }, { name: 'B', value: 'typed' }] })
  })

  it('stay where nothing was typed, and are replaced where something was', () => {
    const { value, kept } = toForm(config)
    expect(fromForm(value, kept)).toEqual(config)
    expect(fromForm({ ...value, token: 'new' }, kept)).toEqual({ ...config, token: 'new' })
    expect(fromForm({ ...value, token: '' }, kept)).toEqual(config)
    expect(fromForm({ ...value, headers: [] }, kept)).toEqual({ ...config, headers: [] })
  })
})
