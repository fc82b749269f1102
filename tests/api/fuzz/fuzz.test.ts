import fc from 'fast-check'
import { expect, test } from 'vitest'
import { demoPasswords } from '../../../mocks/demo-passwords'
import { demoSchools } from '../../../mocks/people'
import { PAGE_SESSION_HEADER } from '../../../server/session/carrier'
import { minutes, seconds } from '../../../server/time'
import { isForPupils, type Route, routes } from '../contract'
import { MORNING, pupilsOf, type SchoolUnderTest, schoolUnderTest } from '../school-under-test'
import { expectAsDeclared } from './declared-answers'
import { allOf, everybody, pupils, type Who } from './everybody'
import { type Asked, requestsTo } from './requests'
import { CODE_ON_PHONE } from './values'

/**
 * Each run is a school of its own and this many requests by everybody in turn. `FUZZ_RUNS` makes the search longer
 * (npm run bench -- fuzz), `FUZZ_SEED` another or, with the seed of a failure, the same again.
 */
const REQUESTS_A_RUN = 60
const RUNS = Number(process.env.FUZZ_RUNS ?? 30)
const SEED = Number(process.env.FUZZ_SEED ?? 2026)
const TIME_FOR_ALL = { timeout: seconds(20) + RUNS * seconds(3) }

const data = demoSchools(MORNING)
const idsIn = (classId: string) => pupilsOf(data, classId).map(({ id }) => id)
const known = {
  // Lone's, Bodil's, those of nobody here, those of another school, and nobody's.
  pupilIds: [
    ...['birkeskolen-2a', 'birkeskolen-tysk-8'].flatMap((classId) => idsIn(classId).slice(0, 8)),
    ...['birkeskolen-7a', 'birkeskolen-9a', 'soendervang-2a'].flatMap((classId) =>
      idsIn(classId).slice(0, 3),
    ),
    'p-nobody',
  ],
  requestIds: ['r-emil', 'r-emil', 'r-nobody'],
  usernames: [
    'lone4821',
    'kent1904',
    'asta2011',
    'frej4011',
    'bert2012',
    'carl2013',
    'nobo0000',
    'x@nowhere.dk',
  ],
  pupilPasswords: Object.values(demoPasswords).map(({ password }) => password),
}

interface Step {
  who: Who
  asked: Asked
  /** Before the request; most come at once. */
  passes: number
}
const staff = everybody.filter((who) => !pupils.includes(who))
/** Mostly those whose route it is. */
const whoeverAsks = (route: Route) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...(isForPupils(route) ? pupils : staff)) },
    { weight: 1, arbitrary: fc.constantFrom(...everybody) },
  )
const passes = fc.oneof(
  { weight: 30, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constantFrom(1, seconds(59), minutes(5), minutes(11)) },
)
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    ...routes.map((route) => fc.record({ who: whoeverAsks(route), asked: requestsTo(route, known), passes })),
  ),
  { minLength: REQUESTS_A_RUN, maxLength: REQUESTS_A_RUN, size: 'max' },
)

/** What was answered at least once, so that a search that asks nothing of interest does not pass for one. */
const answered = new Map<string, Set<number>>()
let count = 0

async function send(school: SchoolUnderTest, { asked }: Step, as: Parameters<SchoolUnderTest['call']>[1]) {
  const { line, body, raw, headers, key } = asked
  const filledIn =
    body === undefined
      ? undefined
      : JSON.parse(JSON.stringify(body).replaceAll(CODE_ON_PHONE, await school.codeOnPhone()))
  return school.call(line, {
    ...as,
    headers,
    ...(key === undefined ? {} : { key }),
    ...(raw === undefined ? { body: filledIn } : { raw }),
  })
}

test(
  'whatever is asked, and by whom: no failure of ours, and no answer but as declared',
  TIME_FOR_ALL,
  async () => {
    const run = fc.asyncProperty(steps, async (all) => {
      const school = schoolUnderTest()
      const people = await allOf(school)
      for (const step of all) {
        school.pass(step.passes)
        const person = people.get(step.who)
        const answer = await send(school, step, { as: person })
        const { route } = step.asked
        expectAsDeclared(route, answer)
        answered.set(route.name, (answered.get(route.name) ?? new Set()).add(answer.status))
        count += 1
        // A session that begins anew has a new secret.
        const token = answer.headers.get(person?.carriedIn ?? PAGE_SESSION_HEADER)
        if (person && token) people.set(step.who, { ...person, token })
      }
    })
    await fc.assert(run, { numRuns: RUNS, seed: SEED, endOnFailure: process.env.FUZZ_RUNS === undefined })
    expect(count).toBe(RUNS * REQUESTS_A_RUN)

    // A search in which nearly everything is refused, or nothing, would find little.
    const statuses = (name: string) => [...(answered.get(name) ?? [])]
    const names = routes.map(({ name }) => name)
    const neverDone = names.filter((name) => !statuses(name).some((each) => each < 300))
    const neverRefused = names.filter((name) => !statuses(name).some((each) => each >= 400))
    expect(neverDone.length, neverDone.join()).toBeLessThan(routes.length / 8)
    expect(neverRefused.length, neverRefused.join()).toBeLessThan(routes.length / 8)
  },
)
