import { type MacroAct, runMacroInput, undoMacroInput } from '../../../../contract/desk/index.ts'
import type { Context } from '../../../platform/context.ts'
import { AppError, conflict, notFound } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { verb } from '../../../platform/verb.ts'
import { recordAbout } from '../record.ts'
import { acted } from '../save.ts'
import { lockTicket, type Ticket, takeTicket } from '../ticket.ts'
import { doAct, takeBackAct, type Undo } from './acts.ts'
import { macroRun, macroUndone } from './events.ts'
import { namesIn } from './views.ts'
import { actWords } from './words.ts'

// Whoever sent If-Match knew the ticket before the first act; that is checked when the ticket is taken.
const goingOn = (ctx: Context): Context => ({ ...ctx, expected: null })

/**
 * Runs a macro on a ticket: all its acts or none, in one transaction, each as if done by hand, with its events and its
 * rules. The undo takes back what can be taken back; what was written stays.
 */
export const runMacro = verb('ticket.run_macro', {
  permission: 'ticket.work',
  input: runMacroInput,
  async run(ctx, { id, macroId }) {
    const ticket = await takeTicket(ctx, id, 'note')
    const macro = await ctx.db.selectFrom('macros').selectAll().where('id', '=', macroId).executeTakeFirst()
    if (!macro) throw notFound('The macro')
    const runId = newId()
    await recordAbout(ctx, ticket, macroRun, { macro: macro.name, runId })
    const acts = macro.acts as MacroAct[]
    const names = await namesIn(ctx, acts)
    const undos: Undo[] = []
    for (const [i, a] of acts.entries()) {
      const done = await doAct(goingOn(ctx), ticket, a).catch((error) => {
        throw atStep(error, `${macro.name}, act ${i + 1} (${actWords(a, names)})`)
      })
      if (done.undo) undos.unshift(done.undo)
    }
    const after = (await lockTicket(ctx, ticket.id)) as Ticket
    await ctx.db
      .insertInto('macro_runs')
      .values({
        id: runId,
        ticket_id: ticket.id,
        macro_name: macro.name,
        undos: JSON.stringify(undos),
        ticket_version: after.version,
        at: ctx.now(),
      })
      .execute()
    return acted(ctx, after, undos.length > 0 ? { act: 'undoMacro', input: { id: ticket.id, runId } } : null)
  },
})

const atStep = (error: unknown, step: string) =>
  error instanceof AppError
    ? new AppError(error.code, `${step}: ${error.message} Nothing of the macro was done.`)
    : error

/** Takes a macro back, last act first, as long as nothing happened to the ticket since. */
export const undoMacro = verb('ticket.undo_macro', {
  permission: 'ticket.work',
  input: undoMacroInput,
  async run(ctx, { id, runId }) {
    const ticket = await takeTicket(ctx, id, 'note')
    const run = await ctx.db
      .updateTable('macro_runs')
      .set({ undone_at: ctx.now() })
      .where('id', '=', runId)
      .where('ticket_id', '=', ticket.id)
      .where('undone_at', 'is', null)
      .returningAll()
      .executeTakeFirst()
    if (!run) throw conflict('There is no such run of a macro on this ticket, or it was taken back already.')
    if (run.ticket_version !== ticket.version)
      throw conflict(`${ticket.number} has changed since ${run.macro_name} was run, so it is not taken back.`)
    await recordAbout(ctx, ticket, macroUndone, { macro: run.macro_name, runId })
    for (const undo of run.undos as Undo[]) await takeBackAct(goingOn(ctx), undo)
    return acted(ctx, (await lockTicket(ctx, ticket.id)) as Ticket)
  },
})
