import { openWindow } from '../../server/password-reset/rules'
import type { ProblemType } from '../../server/problems'
import { startStepUp } from '../../server/step-up/rules'
import type { SchoolData } from '../../server/store/memory'
import { type Duration, days, type Instant, minutes, seconds } from '../../server/time'
import { bigSchoolPlan, demoSchools } from '../people'

/** What goes wrong on the way between page and API, whoever asks. */
export interface Conditions {
  /** Every answer takes this much longer. */
  latency?: Duration
  /** Every call outside signing in fails: with this problem, or without any answer. */
  failing?: ProblemType | 'network'
  /** The session is gone as soon as the first action has been carried out. */
  signedOutAfterFirstAction?: boolean
}

export interface Scenario {
  /** For developers. What a person reads about it is in locales, under `demo`. */
  description: string
  school: (now: Instant) => SchoolData
  conditions?: Conditions
}

const pupilsOf = (school: SchoolData, classId: string) => {
  const ids = new Set(
    school.enrolments.filter((each) => each.classId === classId).map((each) => each.pupilId),
  )
  return school.pupils.filter((pupil) => ids.has(pupil.id))
}

const request = (pupilId: string, requestedAt: Instant, checkCode: string) => ({
  id: `r-${pupilId}`,
  pupilId,
  service: 'aula' as const,
  checkCode,
  requestedAt,
  outcome: null,
})

const scenarioList = {
  normal: {
    description: 'The demo school on an ordinary day; Emil waits for a step-up',
    school: demoSchools,
  },
  queueWaiting: {
    description: 'Half of 2.A waits for a step-up',
    school: (now) => {
      const school = demoSchools(now)
      const waiting = pupilsOf(school, 'birkeskolen-2a')
        .filter((pupil) => !pupil.block)
        .slice(0, 12)
      return {
        ...school,
        stepUpRequests: waiting.map((pupil, place) =>
          request(pupil.id, now - seconds(5 * (place + 1)), String(11 + place * 7)),
        ),
      }
    },
  },
  busyClass: {
    description:
      'Every kind of status in 2.A at once: windows open, used and run out, step-ups running and ending',
    school: (now) => {
      const school = demoSchools(now)
      const ordinary = pupilsOf(school, 'birkeskolen-2a').slice(5)
      const at = (place: number) => ordinary[place]?.id ?? ''
      return {
        ...school,
        resetWindows: [
          openWindow(at(0), 's-lone', now - seconds(48)),
          { ...openWindow(at(1), 's-lone', now - minutes(7)), usedAt: now - minutes(4) },
          openWindow(at(2), 's-lone', now - minutes(9)),
        ],
        stepUps: [
          startStepUp(at(3), 's-lone', now - minutes(2)),
          startStepUp(at(4), 's-lone', now - minutes(78)),
        ],
      }
    },
  },
  sharedPupils: {
    description: 'Lone also teaches 8.A, so some pupils are in two of her classes',
    school: (now) => {
      const school = demoSchools(now)
      return { ...school, teaching: [...school.teaching, { staffId: 's-lone', classId: 'birkeskolen-8a' }] }
    },
  },
  everyoneBlocked: {
    description: 'Every pupil of 2.A is blocked',
    school: (now) => {
      const school = demoSchools(now)
      const blocked = new Set(pupilsOf(school, 'birkeskolen-2a').map((pupil) => pupil.id))
      return {
        ...school,
        stepUpRequests: [],
        pupils: school.pupils.map((pupil) =>
          blocked.has(pupil.id) ? { ...pupil, block: { since: now - days(1) } } : pupil,
        ),
      }
    },
  },
  bigSchool: {
    description: 'A school of 1,500 pupils, all of whom Lone teaches',
    school: (now) => {
      const school = demoSchools(now, [bigSchoolPlan])
      return {
        ...school,
        teaching: school.classes.map((each) => ({ staffId: 's-lone', classId: each.id })),
      }
    },
  },
  emptyClass: {
    description: 'Lone has a group that nobody is in yet',
    school: (now) => {
      const school = demoSchools(now)
      const empty = 'birkeskolen-kor'
      return {
        ...school,
        classes: [
          ...school.classes,
          { id: empty, institutionId: 'birkeskolen', kind: 'group', name: 'Kor', year: null },
        ],
        teaching: [...school.teaching, { staffId: 's-lone', classId: empty }],
      }
    },
  },
  slow: {
    description: 'Every answer takes three seconds',
    school: demoSchools,
    conditions: { latency: seconds(3) },
  },
  failing: {
    description: 'Every call fails with an unexpected error, except signing in',
    school: demoSchools,
    conditions: { failing: 'unexpected' },
  },
  offline: {
    description: 'No call gets an answer, except signing in',
    school: demoSchools,
    conditions: { failing: 'network' },
  },
  signedOutInTheMiddle: {
    description: 'The session is gone after the first action',
    school: demoSchools,
    conditions: { signedOutAfterFirstAction: true },
  },
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarioList

/** Named situations, for tests, development and the picker. */
export const scenarios: Record<ScenarioName, Scenario> = scenarioList

export const scenarioNames = Object.keys(scenarios) as ScenarioName[]

export const isScenarioName = (name: string): name is ScenarioName => Object.hasOwn(scenarios, name)
