import { z } from 'zod'
import { done, pageOf, route } from '../base.ts'
import * as backtests from './backtest.ts'
import * as deadlines from './deadline.ts'
import * as variables from './globals.ts'
import * as graphs from './graph.ts'
import * as nights from './night.ts'
import * as odds from './odds.ts'
import * as scarce from './resources.ts'

export * from './backtest.ts'
export * from './can.ts'
export * from './deadline.ts'
export * from './globals.ts'
export * from './graph.ts'
export * from './night.ts'
export * from './odds.ts'
export * from './resources.ts'
export * from './words.ts'

const tags = ['chains']

/** Chains of jobs: by when they must be done, what is predicted of them, and what could be done about it. */
export const chains = {
  list: route
    .route({ method: 'GET', path: '/deadlines', summary: 'Deadlines, what needs somebody first', tags })
    .input(deadlines.listDeadlinesInput)
    .output(pageOf(deadlines.deadlineListRow)),
  counts: route
    .route({ method: 'GET', path: '/deadlines/counts', summary: 'How many deadlines are in which state', tags })
    .output(deadlines.deadlineCounts),
  create: route
    .route({ method: 'POST', path: '/deadlines', summary: 'Set a deadline', tags, successStatus: 201 })
    .input(deadlines.createDeadlineInput)
    .output(deadlines.deadlineDetail),
  read: route
    .route({ method: 'GET', path: '/deadlines/{id}', summary: 'A deadline', tags })
    .input(deadlines.deadlineIdInput)
    .output(deadlines.deadlineDetail),
  change: route
    .route({ method: 'PATCH', path: '/deadlines/{id}', summary: 'Change a deadline', tags })
    .input(deadlines.changeDeadlineInput)
    .output(deadlines.deadlineDetail),
  delete: route
    .route({ method: 'DELETE', path: '/deadlines/{id}', summary: 'Delete a deadline', tags })
    .input(deadlines.deadlineIdInput)
    .output(done),
  extend: route
    .route({
      method: 'PUT',
      path: '/deadlines/{id}/extensions/{date}',
      summary: 'Move it for one business date, and say why',
      tags,
    })
    .input(deadlines.extendDeadlineInput)
    .output(deadlines.deadlineDetail),
  takeBackExtension: route
    .route({
      method: 'DELETE',
      path: '/deadlines/{id}/extensions/{date}',
      summary: 'Let it be as it was on that date',
      tags,
    })
    .input(deadlines.ofNightInput)
    .output(deadlines.deadlineDetail),
  hold: route
    .route({ method: 'PUT', path: '/deadlines/{id}/hold', summary: 'Hold its alarms; the prediction goes on', tags })
    .input(deadlines.holdDeadlineInput)
    .output(deadlines.deadlineDetail),
  release: route
    .route({ method: 'DELETE', path: '/deadlines/{id}/hold', summary: 'Let it alarm again', tags })
    .input(deadlines.deadlineIdInput)
    .output(deadlines.deadlineDetail),
  night: route
    .route({
      method: 'GET',
      path: '/deadlines/{id}/night',
      summary: 'Its chain on a business date: what ran, what is expected, what to act on',
      tags,
    })
    .input(deadlines.nightInput)
    .output(nights.night),
  forecasts: route
    .route({
      method: 'GET',
      path: '/deadlines/{id}/forecasts',
      summary: 'What was predicted of a business date, and when',
      tags,
    })
    .input(deadlines.nightInput)
    .output(nights.forecastHistory),
  whatIf: route
    .route({
      method: 'POST',
      path: '/deadlines/{id}/what-if',
      summary: 'What would become of it if somebody acted; nothing is done',
      tags,
    })
    .input(nights.whatIfInput)
    .output(nights.whatIfAnswer),
  preFlight: route
    .route({
      method: 'GET',
      path: '/chains/pre-flight',
      summary: 'The plan of a night: expected ends, odds, surprises, and the same night a week before',
      tags,
    })
    .input(nights.preFlightInput)
    .output(nights.preFlight),
  backtest: route
    .route({
      method: 'GET',
      path: '/chains/backtest',
      summary: 'The nights on record played again: what predictions and alarms were worth, beside two baselines',
      description: 'Takes seconds, and at most a minute; one is played at a time',
      tags,
    })
    .input(backtests.backtestInput)
    .output(backtests.backtestFound),
  oddsOnJobs: route
    .route({
      method: 'GET',
      path: '/chains/odds',
      summary: 'Of each of some jobs, the deadline that hangs on it and needs somebody first, with its odds',
      tags,
    })
    .input(odds.oddsInput)
    .output(odds.oddsFound),
  graph: route
    .route({ method: 'GET', path: '/jobs/{id}/graph', summary: 'What a job waits for, and what waits for it', tags })
    .input(graphs.graphInput)
    .output(graphs.jobGraph),
  drawEdge: route
    .route({
      method: 'POST',
      path: '/chains/edges',
      summary: 'Say that one job waits for another, where no scheduler does',
      tags,
      successStatus: 201,
    })
    .input(graphs.drawEdgeInput)
    .output(graphs.drawnEdge),
  removeEdge: route
    .route({ method: 'DELETE', path: '/chains/edges/{id}', summary: 'Take a drawn edge away', tags })
    .input(graphs.edgeIdInput)
    .output(done),
  cuts: route
    .route({ method: 'GET', path: '/chains/cuts', summary: 'When a new business date begins, by zone', tags })
    .output(graphs.cuts),
  setCut: route
    .route({
      method: 'PUT',
      path: '/chains/cuts',
      summary: 'Set when a new business date begins in a zone',
      tags,
    })
    .input(graphs.setCutInput)
    .output(graphs.cuts),
  globals: route
    .route({
      method: 'GET',
      path: '/chains/globals',
      summary: 'Variables for which jobs wait, and what they are now',
      tags,
    })
    .output(variables.globals),
  setGlobal: route
    .route({ method: 'PUT', path: '/chains/globals', summary: 'Say what a variable is now', tags })
    .input(variables.setGlobalInput)
    .output(variables.globals),
  resources: route
    .route({
      method: 'GET',
      path: '/chains/resources',
      summary: 'What jobs need while they run, and how much there is',
      tags,
    })
    .output(scarce.resources),
  setResource: route
    .route({ method: 'PUT', path: '/chains/resources', summary: 'Say how much there is of a resource', tags })
    .input(scarce.setResourceInput)
    .output(scarce.resources),
  feed: route
    .route({ method: 'GET', path: '/deadlines/feed', summary: 'Whether one has a calendar of deadlines', tags })
    .output(graphs.hasFeed),
  makeFeed: route
    .route({
      method: 'POST',
      path: '/deadlines/feed',
      summary: 'An address of deadlines for a calendar program; one made before ends',
      tags,
      successStatus: 201,
    })
    .input(z.object({}))
    .output(graphs.feedAddress),
  endFeed: route
    .route({ method: 'DELETE', path: '/deadlines/feed', summary: 'End the address of one’s calendar', tags })
    .output(graphs.hasFeed),
}
