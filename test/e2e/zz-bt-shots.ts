import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
const R = '/work/wt/backtest/'
const { default: startDatabase } = await import(R + 'test/harness/global.ts')
const { adminKey } = await import(R + 'test/harness/process.ts')
const { closeBrowser, openWindow, phone, visit, wide } = await import(R + 'test/e2e/browser.ts')
const { speakTo } = await import(R + 'test/e2e/full-world.ts')
const { openBrowserWorld } = await import(R + 'test/e2e/world.ts')
const { hardYear } = await import(R + 'bench/hard-year.ts')
process.env.ADMIN_API_KEY = adminKey
const stop = await startDatabase()
const world = await openBrowserWorld({ logins: ['marta'] })
const speak = speakTo(world.url)
const year = hardYear(7)
const ids = new Map<string, string>()
const gate = ['0 20','15 20','30 20']
for (const node of year.nodes) {
  const c = node.waits.condition
  const first = year.nights[0].gates[year.nodes.indexOf(node)]
  const at = first ? new Date(first[0]) : null
  const made: any = await speak('POST', '/jobs', {
    name: node.name, serviceId: world.world.services.riskReporting,
    schedule: at ? { kind: 'cron', expression: `${at.getUTCMinutes()} ${at.getUTCHours()} * * 1-5`, zone: 'UTC' } : { kind: 'waits', zone: 'UTC' },
    waits: { ...node.waits, condition: c && { kind: 'all', of: c.of.map((o: any) => ({ ...o, job: ids.get(o.job) })) } },
    graceSeconds: 86400, maxRunSeconds: 86400,
  })
  ids.set(node.name, made.id)
}
const rows: any[] = []
for (const night of year.nights) night.runs.forEach((runs: any[], i: number) => {
  for (const r of runs) rows.push({ job_id: ids.get(year.nodes[i].name), at: Temporal.Instant.fromEpochMilliseconds(Math.round(r.endedAt)), run_id: randomUUID(), started_at: Temporal.Instant.fromEpochMilliseconds(Math.round(r.startedAt)), ended_at: Temporal.Instant.fromEpochMilliseconds(Math.round(r.endedAt)), outcome: r.outcome, exit_status: r.exit, host: year.nodes[i].shares[0].slice(5) })
})
for (let i = 0; i < rows.length; i += 3000) await world.house.platform.db.insertInto('chain_runs').values(rows.slice(i, i + 3000)).execute()
const due = new Date(year.nights[0].due as number)
const hhmm = due.toISOString().slice(11, 16)
const d: any = await speak('POST', '/deadlines', { name: 'EOD P&L', jobId: ids.get('REPORT'), due: { kind: 'by', time: hhmm, days: due.getUTCDate() === new Date(year.nights[0].from).getUTCDate() ? 0 : 1, zone: 'UTC' } })
await speak('POST', '/deadlines', { name: 'Nothing yet', jobId: ids.get('FEED_1'), due: { kind: 'by', time: '23:00', days: 0, zone: 'UTC' }, cut: '19:00' })
console.log('due', hhmm, rows.length)
const last = year.nights.at(-1).date
const first = year.nights[60].date
mkdirSync('/tmp/bt-pics', { recursive: true })
const q = `from=${first}&until=${last}`
for (const [theme, size, viewport] of [['light','wide',wide],['dark','wide',wide],['light','phone',phone],['dark','phone',phone]] as const) {
  const w = await openWindow(world, { as: 'marta', viewport, colorScheme: theme, isMobile: size === 'phone', hasTouch: size === 'phone' })
  for (const [name, path] of [['one', `/chains/backtest?deadline=${d.id}&${q}`], ['all', `/chains/backtest?${q}`], ['table', `/chains/backtest?deadline=${d.id}&${q}&as=table`], ['none', `/chains/backtest`]] as const) {
    if (theme === 'dark' && name !== 'one') continue
    await w.goto(path)
    const t = Date.now()
    await w.page.getByText(/In short|too little history|Back-tests? of/).first().waitFor({ timeout: 90_000 }).catch((e: Error) => console.log(name, e.message.split('\n')[0]))
    console.log(name, theme, size, Date.now() - t)
    await pause(800)
    await w.page.screenshot({ path: `/tmp/bt-pics/${name}-${theme}-${size}.png`, fullPage: false })
    if (name === 'one') {
      const box: any = await w.page.evaluate('(() => { const e = [...document.querySelectorAll("*")].filter(x => x.scrollHeight > x.clientHeight + 40 && getComputedStyle(x).overflowY !== "visible" && getComputedStyle(x).overflowY !== "clip"); const m = e.find(x => x.querySelector("svg[role=img]")) ?? document.scrollingElement; m.scrollTop = 700; return m.tagName + m.className })()')
      await pause(300)
      await w.page.screenshot({ path: `/tmp/bt-pics/${name}-${theme}-${size}-2.png` })
      await w.page.evaluate('(() => { const e = [...document.querySelectorAll("*")].filter(x => x.scrollHeight > x.clientHeight + 40 && getComputedStyle(x).overflowY !== "visible" && getComputedStyle(x).overflowY !== "clip"); const m = e.find(x => x.querySelector("svg[role=img]")) ?? document.scrollingElement; m.scrollTop = 1500 })()')
      await pause(300)
      await w.page.screenshot({ path: `/tmp/bt-pics/${name}-${theme}-${size}-3.png` })
    }
    if (name === 'one' && theme === 'light' && size === 'wide') {
      await w.page.evaluate('window.scrollTo(0,0)')
      for (const k of ['j', 'j', 'j', 'j', 'j', 'j']) await w.page.keyboard.press(k)
      await pause(200)
      await w.page.keyboard.press('u')
      await pause(2500)
      await w.page.screenshot({ path: `/tmp/bt-pics/used.png` })
      console.log('limit now', ((await speak('GET', `/deadlines/${d.id}`)) as any).oddsLimit)
    }
    for (const c of w.complaints.splice(0)) console.log('complaint', name, c)
  }
  await w.close()
}
await closeBrowser(); await world.close(); await stop?.(); process.exit(0)
