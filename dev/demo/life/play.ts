import type { Scene, Stage } from './scenes.ts'

export type Pace = { firstMs: number; everyMs: number; minuteMs: number; atOnce: number }
export const usualPace: Pace = { firstMs: 60_000, everyMs: 150_000, minuteMs: 60_000, atOnce: 2 }

/** Plays scenes one after the other for ever; while too much is broken, the next one waits. */
export const playScenes = (
  scenes: readonly Scene[],
  stage: Stage,
  say: (line: string) => void,
  pace: Pace = usualPace,
) => {
  const timers = new Set<NodeJS.Timeout>()
  const running = new Set<Scene>()
  let next = 0
  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
  }
  const attempt = (scene: Scene, act: 'begin' | 'end') =>
    scene[act](stage).catch((error: Error) => say(`  ${scene.name}: ${error.message}`))
  const turn = () => {
    after(pace.everyMs, turn)
    const scene = scenes[next % scenes.length]
    if (!scene || running.size >= pace.atOnce || running.has(scene)) return
    next++
    running.add(scene)
    say(`  ${new Date().toTimeString().slice(0, 5)}  ${scene.name}.`)
    void attempt(scene, 'begin')
    after(scene.minutes * pace.minuteMs, () => {
      running.delete(scene)
      void attempt(scene, 'end')
    })
  }
  after(pace.firstMs, turn)
  return {
    running: () => [...running].map((s) => s.name),
    async stop() {
      for (const timer of timers) clearTimeout(timer)
    },
  }
}
