import type { FeatureParts } from '../../platform/registry-of-work.ts'
import { acceptEscalation, takeBackAcceptance } from './escalation/accept.ts'
import { escalateTicket } from './escalation/escalate.ts'
import { escalationEvents } from './escalation/events.ts'
import { sendBackEscalation, takeBackReturn } from './escalation/send-back.ts'
import { withdrawEscalation } from './escalation/withdraw.ts'
import { escalateUp } from './hierarchy/by-hand.ts'
import { tellByClock } from './hierarchy/clock.ts'
import { hierarchyEvents } from './hierarchy/events.ts'
import { replanSome } from './hierarchy/replan.ts'
import { removeHierarchy, setHierarchy } from './hierarchy/settings.ts'
import { macroDeclaration } from './macros/declare.ts'
import { cannedReplyDeclaration } from './macros/declare-reply.ts'
import { macroEvents } from './macros/events.ts'
import { changeMacro, createMacro, deleteMacro } from './macros/manage.ts'
import { changeReply, createReply, deleteReply } from './macros/manage-replies.ts'
import { runMacro, undoMacro } from './macros/run.ts'
import { beHere, leaveHere } from './presence/presence.ts'
import { tidyPresence } from './presence/tidy.ts'
import { snoozeEvents, snoozeVerbs } from './snooze.ts'

/** What the desk's daily tools add to it: escalation, macros and canned replies, snooze, presence. */
export const daily = {
  verbs: [
    escalateTicket,
    withdrawEscalation,
    acceptEscalation,
    takeBackAcceptance,
    sendBackEscalation,
    takeBackReturn,
    escalateUp,
    tellByClock,
    replanSome,
    setHierarchy,
    removeHierarchy,
    createMacro,
    changeMacro,
    deleteMacro,
    createReply,
    changeReply,
    deleteReply,
    runMacro,
    undoMacro,
    beHere,
    leaveHere,
    ...snoozeVerbs,
  ],
  events: [...escalationEvents, ...hierarchyEvents, ...macroEvents, ...snoozeEvents],
  declarations: [macroDeclaration, cannedReplyDeclaration],
  schedule: [tidyPresence],
} satisfies Omit<FeatureParts, 'name'>
