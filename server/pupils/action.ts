import { type Caller, type PupilAction, type Reach, type ReachedPupil, reachOf } from '../access'
import { appendEntry } from '../activity/log'
import type { ApiContext, Services } from '../http'
import { KEY_LIFETIME } from '../idempotency/rules'
import { Problem } from '../problems'
import { sha256 } from '../secrets'
import { callerOf, viewOf } from '../session/caller'
import type { Decision, UnitOfWork } from '../store/store'
import { type Instant, toIso } from '../time'
import { describePupils } from './describe'
import { type Refusal, refusals, resultsSchema } from './schema'

/** What an action works on: the pupil, or something of the pupil's that the request named by `id`. */
export interface Target {
  id: string
  reached: ReachedPupil
}

interface Action {
  action: PupilAction
  /** The ids the request named, in its order. */
  ids: readonly string[]
  key: string
  /** Finds the targets within reach; ids that are left out answer `notFound`. By default the ids are pupils'. */
  find?: (unit: UnitOfWork, reach: Reach, ids: readonly string[]) => Promise<Target[]>
  /** Asked once before anything is done. @throws Problem where a limit is reached. */
  before?: (unit: UnitOfWork, caller: Caller, targets: readonly Target[], now: Instant) => Promise<void>
  /** Does it to one target, or says why not. Writes only where it answers null. */
  decide: (unit: UnitOfWork, target: Target, caller: Caller, now: Instant) => Promise<Refusal | null>
}

export interface Outcome {
  id: string
  refusal: Refusal | null
  reached: ReachedPupil | null
}

async function pupilTargets(_: UnitOfWork, reach: Reach, ids: readonly string[]): Promise<Target[]> {
  return (await reach.pupils(ids)).map((reached) => ({ id: reached.pupil.id, reached }))
}

/** Through which schools the pupil was reached; undefined where it was not, or is of the view's school anyway. */
function schoolsOf(target: Target | undefined): string[] | undefined {
  const schools = new Set(target?.reached.classes.map(({ institutionId }) => institutionId))
  return schools.size > 0 ? [...schools] : undefined
}

const isRefusal = (code: string | null): code is Refusal => refusals.some((refusal) => refusal === code)

/**
 * Carries out an action on pupils: who acts, whom it reaches, each decision, the log, and the promise that the
 * same key does nothing twice, all in one unit of work. A repeated key answers the first decisions with
 * the state of now. Ids given twice count once.
 * @throws Problem `not-found` where no id is within reach, as for ids that do not exist.
 */
export async function carryOut<T>(
  c: ApiContext,
  services: Services,
  { action, ids, key, find = pupilTargets, before, decide }: Action,
  answer: (unit: UnitOfWork, outcomes: readonly Outcome[], now: Instant) => Promise<T>,
): Promise<T> {
  const { store, clock } = services
  const view = JSON.stringify(viewOf(c))
  const fingerprint = sha256(`${c.req.method} ${c.req.path} ${view} ${await c.req.text()}`)

  const answered = await store.transaction(async (unit) => {
    const now = clock.now()
    const caller = await callerOf(c, services, unit, action)
    const reach = await reachOf(unit, caller, action)
    const targets = new Map((await find(unit, reach, ids)).map((target) => [target.id, target]))
    const outcomesOf = (decisions: readonly Decision[]) =>
      decisions.map(({ id, refusal }): Outcome => {
        const target = targets.get(id)
        return {
          id,
          refusal: target ? (isRefusal(refusal) ? refusal : null) : 'notFound',
          reached: target?.reached ?? null,
        }
      })

    const completed = await unit.completedAction(caller.staff.id, key)
    if (completed && now - completed.at < KEY_LIFETIME) {
      if (completed.fingerprint !== fingerprint) throw new Problem('idempotency-key-reused')
      if (targets.size === 0) throw new Problem('not-found')
      return answer(unit, outcomesOf(completed.decisions), now)
    }

    await before?.(unit, caller, [...targets.values()], now)
    const decisions: Decision[] = []
    for (const id of new Set(ids)) {
      const target = targets.get(id)
      decisions.push({ id, refusal: target ? await decide(unit, target, caller, now) : 'notFound' })
    }
    const told = appendEntry(
      c,
      services,
      unit,
      ...decisions.map(({ id, refusal }) => ({
        action,
        pupilId: targets.get(id)?.reached.pupil.id ?? id,
        institutionIds: schoolsOf(targets.get(id)),
        refusal,
      })),
    )
    const seen = unit.saveSession({ ...caller.session, lastActiveAt: now })
    if (targets.size === 0) {
      await Promise.all([told, seen])
      return null
    }
    const [answered] = await Promise.all([
      answer(unit, outcomesOf(decisions), now),
      told,
      seen,
      unit.saveCompletedAction({ staffId: caller.staff.id, key, fingerprint, decisions, at: now }),
    ])
    return answered
  })
  if (answered === null) {
    c.set('refusalsLogged', true)
    throw new Problem('not-found')
  }
  return answered
}

/** The usual answer of an action: for each id done or why not, and the pupil as he or she is now. */
export async function describeOutcomes(unit: UnitOfWork, outcomes: readonly Outcome[], now: Instant) {
  const reached = new Map(
    outcomes.flatMap(({ reached }) => (reached ? [[reached.pupil.id, reached] as const] : [])),
  )
  // Read anew: the action may have changed them.
  const after = (await unit.pupils([...reached.keys()])).flatMap((pupil) => {
    const before = reached.get(pupil.id)
    return before ? [{ ...before, pupil }] : []
  })
  const described = await describePupils(unit, after, now)
  const pupils = new Map(described.map((pupil) => [pupil.id, pupil]))
  return resultsSchema.parse({
    results: outcomes.map(({ id, refusal, reached }) => ({
      id,
      refusal,
      pupil: (reached && pupils.get(reached.pupil.id)) ?? null,
    })),
    serverTime: toIso(now),
  })
}
