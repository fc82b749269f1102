import { createRoute } from '@hono/zod-openapi'
import type { Caller } from '../access'
import { toCsv } from '../csv'
import { type ApiContext, changeProblems, createRoutes, jsonContent, type Services } from '../http'
import { shownName } from '../people'
import { Problem } from '../problems'
import { carryOut, type Outcome, type Target } from '../pupils/action'
import { describePupils } from '../pupils/describe'
import { pupilActionRequest } from '../pupils/routes'
import { idempotencySchema } from '../pupils/schema'
import { count, type Limit, NAMES_TAKEN_AWAY, slipsPrintedBy, waitUntil } from '../rate-limit'
import { viewOf } from '../session/caller'
import type { UnitOfWork } from '../store/store'
import { type Instant, secondsUntil } from '../time'
import { classListsSchema, exportedSchema, exportRequestSchema, slipsSchema } from './schema'
import { headerOf, rowsOf } from './table'

/** What leaves the page for good: files and paper. Each pupil in it is logged, and each person has a limit. */

const exportPupils = createRoute({
  method: 'post',
  path: '/pupils/exports',
  summary: 'Pupils as a file for a spreadsheet, without usernames; each is logged',
  request: {
    headers: idempotencySchema,
    body: { required: true, content: { 'application/json': { schema: exportRequestSchema } } },
  },
  responses: { 200: jsonContent(exportedSchema, 'The file, and who is in it'), ...changeProblems },
})

const printSlips = createRoute({
  method: 'post',
  path: '/pupils/username-slips',
  summary: 'What to print on slips with usernames; each is logged',
  request: pupilActionRequest,
  responses: { 200: jsonContent(slipsSchema, 'The slips, in the order asked'), ...changeProblems },
})

const printClassLists = createRoute({
  method: 'post',
  path: '/pupils/class-lists',
  summary: 'Names to print by class; each is logged',
  request: pupilActionRequest,
  responses: { 200: jsonContent(classListsSchema, 'The names, in the order asked'), ...changeProblems },
})

/** Lets through only what fits under the caller's limit, as a whole or not at all. */
const within =
  (limitOf: (caller: Caller) => Limit) =>
  async (unit: UnitOfWork, caller: Caller, targets: readonly Target[], now: Instant) => {
    const limit = limitOf(caller)
    const free = await waitUntil(unit, limit, caller.staff.id, targets.length, now)
    if (free !== null) throw new Problem('too-many-requests', { retryAfterSeconds: secondsUntil(free, now) })
    await count(unit, limit, caller.staff.id, targets.length, now)
  }

/** The name of the school through which each of these pupils is reached. */
async function schoolNames(c: ApiContext, unit: UnitOfWork, outcomes: readonly Outcome[]) {
  // A pupil who is in no class is reached by an administrator only, in the view of one school.
  const view = viewOf(c)
  const own = view.role === 'userAdministrator' ? view.institutionId : undefined
  const schoolOf = ({ reached }: Outcome) => reached?.classes[0]?.institutionId ?? own
  const ids = new Set(outcomes.flatMap((outcome) => schoolOf(outcome) ?? []))
  const names = new Map((await unit.institutions([...ids])).map(({ id, name }) => [id, name]))
  return (outcome: Outcome) => names.get(schoolOf(outcome) ?? '') ?? ''
}

export function takeAwayRoutes(services: Services) {
  /** Nothing stands in the way of a pupil's name on paper but reach. */
  const decide = async () => null

  return createRoutes()
    .openapi(exportPupils, async (c) => {
      const { pupilIds: ids, words, continues } = c.req.valid('json')
      const key = c.req.valid('header')['idempotency-key']
      const before = within(() => NAMES_TAKEN_AWAY)
      const action = { action: 'exportPupils', ids, key, before, decide } as const
      const answer = await carryOut(c, services, action, async (unit, outcomes, now) => {
        const covered = outcomes.flatMap(({ refusal, reached }) =>
          refusal === null && reached ? reached : [],
        )
        const described = await describePupils(unit, covered, now)
        const byId = new Map(described.map((pupil) => [pupil.id, pupil]))
        const inOrder = covered.flatMap(({ pupil }) => byId.get(pupil.id) ?? [])
        const rows = rowsOf(inOrder, words)
        return { results: outcomes, file: toCsv(continues ? rows : [headerOf(words), ...rows]) }
      })
      return c.json(exportedSchema.parse(answer), 200)
    })
    .openapi(printSlips, async (c) => {
      const ids = c.req.valid('json').pupilIds
      const key = c.req.valid('header')['idempotency-key']
      const before = within(({ as }) => slipsPrintedBy[as.role])
      const action = { action: 'printSlips', ids, key, before, decide } as const
      const answer = await carryOut(c, services, action, async (unit, outcomes) => {
        const schoolName = await schoolNames(c, unit, outcomes)
        return outcomes.map((outcome) => {
          const { id, refusal, reached } = outcome
          const slip = refusal === null &&
            reached && {
              name: shownName(reached.pupil),
              className: reached.homeClass?.name ?? null,
              schoolName: schoolName(outcome),
              username: reached.pupil.username,
              localLogin: reached.pupil.signInKind === 'local',
            }
          return { id, refusal, slip: slip || null }
        })
      })
      return c.json(slipsSchema.parse({ results: answer }), 200)
    })
    .openapi(printClassLists, async (c) => {
      const ids = c.req.valid('json').pupilIds
      const key = c.req.valid('header')['idempotency-key']
      const before = within(() => NAMES_TAKEN_AWAY)
      const action = { action: 'printClassList', ids, key, before, decide } as const
      const answer = await carryOut(c, services, action, async (unit, outcomes) => {
        const schoolName = await schoolNames(c, unit, outcomes)
        return outcomes.map((outcome) => {
          const { id, refusal, reached } = outcome
          const listed = refusal === null &&
            reached && {
              name: shownName(reached.pupil),
              className: reached.homeClass?.name ?? null,
              schoolName: schoolName(outcome),
            }
          return { id, refusal, listed: listed || null }
        })
      })
      return c.json(classListsSchema.parse({ results: answer }), 200)
    })
}
