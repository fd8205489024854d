import { describe, expect, it } from 'vitest'
import { isCrossSite } from './cross-site.ts'

describe('a page of another site', () => {
  it.each([
    // Origin, Sec-Fetch-Site, Host, BASE_URL → other site
    [undefined, undefined, 'watch:9282', undefined, false],
    ['http://watch:9282', 'same-origin', 'watch:9282', undefined, false],
    ['http://watch', undefined, 'watch:9282', undefined, true],
    ['https://watch.example.com', undefined, '127.0.0.1:9282', 'https://watch.example.com', false],
    ['https://watch.example.com', undefined, '127.0.0.1:9282', 'https://watch.example.com/', false],
    ['http://watch.example.com', undefined, '127.0.0.1:9282', 'https://watch.example.com', true],
    ['https://evil.example', 'cross-site', 'watch:9282', undefined, true],
    ['https://watch.example.com.evil.example', undefined, 'watch.example.com', undefined, true],
    ['null', undefined, 'watch:9282', undefined, true],
    ['', undefined, 'watch:9282', undefined, true],
    [undefined, 'cross-site', 'watch:9282', undefined, true],
    [undefined, 'same-site', 'watch:9282', undefined, true],
    [undefined, 'none', 'watch:9282', undefined, false],
  ])('Origin %s, Sec-Fetch-Site %s, Host %s, BASE_URL %s: %s', (origin, site, host, BASE_URL, expected) => {
    const headers = { host, ...(origin === undefined ? {} : { origin }), ...(site ? { 'sec-fetch-site': site } : {}) }
    expect(isCrossSite(headers, { BASE_URL })).toBe(expected)
  })
})
