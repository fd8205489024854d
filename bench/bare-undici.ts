/** The peer of the monitors' bench: the same number of looks with nothing but undici, a fresh connection each. */
import { request } from 'undici'

const [url = '', rate = '333', seconds = '30'] = process.argv.slice(2)
const every = 100
const each = (Number(rate) * every) / 1000
let due = 0
let done = 0
const timer = setInterval(() => {
  due += each
  for (; due >= 1; due--) {
    void request(url, { reset: true }).then(async (r) => {
      await r.body.dump()
      done++
    })
  }
}, every)
setTimeout(() => {
  clearInterval(timer)
  const { userCPUTime, systemCPUTime } = process.resourceUsage()
  console.log(JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, done }))
  process.exit(0)
}, Number(seconds) * 1000)
