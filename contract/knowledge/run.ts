/** Where one is in a runbook: a rule that the page and the desk share. */

type Step = { id: string; kind: 'read' | 'decide' | 'do'; options: readonly { goTo: string | null }[] }
type Done = { stepId: string; choice: number | null }

/**
 * The step to do next; null when all is done. Steps go in order; what was decided may lead to a later step, and those
 * between are passed over. A step that was done out of turn stays done.
 */
export const currentStep = (steps: readonly Step[], done: readonly Done[]): string | null => {
  for (let at = 0; at < steps.length; ) {
    const step = steps[at] as Step
    const was = done.find((d) => d.stepId === step.id)
    if (!was) return step.id
    const then = was.choice === null ? null : (step.options[was.choice]?.goTo ?? null)
    const target = then === null ? -1 : steps.findIndex((s) => s.id === then)
    // Only forward: a runbook that leads back would never end.
    at = target > at ? target : at + 1
  }
  return null
}
