import type { AnyRouter } from '@orpc/server'
import { chains } from '../../../contract/chains/index.ts'
import { handlers } from '../../platform/http/handlers.ts'
import { act, read } from '../../platform/http/request.ts'
import { readCuts, readGlobals, readResources, setCut, setGlobal, setResource } from '../jobs/index.ts'
import { graphAround } from './around.ts'
import { changeDeadline } from './change.ts'
import { createDeadline } from './create.ts'
import { deleteDeadline } from './delete.ts'
import { drawEdge, removeEdge } from './draw-edge.ts'
import { extendDeadline, takeBackExtension } from './extend.ts'
import { endFeed, makeFeed, readFeed } from './feed.ts'
import { readForecasts } from './forecasts.ts'
import { holdDeadline, releaseDeadline } from './hold.ts'
import { countDeadlines, listDeadlines } from './list.ts'
import { oddsOnJobs } from './odds-on-jobs.ts'
import { playAgain } from './play-again.ts'
import { readPreFlight } from './pre-flight.ts'
import { readDeadline } from './show.ts'
import { readNightOf } from './show-night.ts'
import { askWhatIf } from './what-if.ts'

export const chainsRoutes: AnyRouter = handlers(chains, {
  list: read(listDeadlines),
  counts: read(countDeadlines),
  create: act(createDeadline),
  read: read(readDeadline),
  change: act(changeDeadline),
  delete: act(deleteDeadline),
  extend: act(extendDeadline),
  takeBackExtension: act(takeBackExtension),
  hold: act(holdDeadline),
  release: act(releaseDeadline),
  night: read(readNightOf),
  forecasts: read(readForecasts),
  whatIf: read(askWhatIf),
  preFlight: read(readPreFlight),
  backtest: read(playAgain),
  oddsOnJobs: read(oddsOnJobs),
  graph: read(graphAround),
  drawEdge: act(drawEdge),
  removeEdge: act(removeEdge),
  cuts: read(readCuts),
  setCut: act(setCut),
  globals: read(readGlobals),
  setGlobal: act(setGlobal),
  resources: read(readResources),
  setResource: act(setResource),
  feed: read(readFeed),
  makeFeed: act(makeFeed),
  endFeed: act(endFeed),
})
