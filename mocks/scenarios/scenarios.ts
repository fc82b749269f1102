import type { TroubleWords } from '../../server/operating-status/schema'
import { openWindow } from '../../server/password-reset/rules'
import type { ProblemType } from '../../server/problems'
import { startStepUp } from '../../server/step-up/rules'
import type { SchoolData } from '../../server/store/memory'
import { type Duration, days, type Instant, minutes, seconds } from '../../server/time'
import { bigSchoolPlan, blockOf, demoSchools, hugeSchoolPlans } from '../people'

/** What goes wrong on the way between page and API, whoever asks. */
export interface Conditions {
  /** Every answer takes this much longer. */
  latency?: Duration
  /** Every call outside signing in fails: with this problem, or without any answer. */
  failing?: ProblemType | 'network'
  /** All sessions end, once, as soon as the first action has been carried out. */
  signedOutAfterFirstAction?: boolean
  /** What those who run the site tell to be wrong. */
  trouble?: TroubleWords
}

/** What it shows is told by its texts in locales, under `demo.scenarios`. */
export interface Scenario {
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
    school: demoSchools,
  },
  queueWaiting: {
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
    school: (now) => {
      const school = demoSchools(now)
      return { ...school, teaching: [...school.teaching, { staffId: 's-lone', classId: 'birkeskolen-8a' }] }
    },
  },
  everyoneBlocked: {
    school: (now) => {
      const school = demoSchools(now)
      const blocked = new Set(pupilsOf(school, 'birkeskolen-2a').map((pupil) => pupil.id))
      return {
        ...school,
        stepUpRequests: [],
        pupils: school.pupils.map((pupil) =>
          blocked.has(pupil.id) ? { ...pupil, block: blockOf(now - days(1)) } : pupil,
        ),
      }
    },
  },
  bigSchool: {
    school: (now) => {
      const school = demoSchools(now, [bigSchoolPlan])
      return {
        ...school,
        teaching: school.classes.map((each) => ({ staffId: 's-lone', classId: each.id })),
      }
    },
  },
  hugeSchool: {
    school: (now) => {
      const school = demoSchools(now, hugeSchoolPlans)
      const named = new Set(demoSchools(now).pupils.map(({ username }) => username))
      const ordinary = school.pupils.filter(({ username }) => !named.has(username))
      /** Every so-manyeth of those who have no story of their own. */
      const every = (count: number, from: number) =>
        new Set(ordinary.filter((_, place) => place % count === from).map(({ id }) => id))
      const [blocked, local, never, overridden] = [every(50, 1), every(25, 2), every(40, 3), every(30, 4)]
      return {
        ...school,
        pupils: school.pupils.map((pupil) => ({
          ...pupil,
          ...(blocked.has(pupil.id) && { block: blockOf(now - days(2)) }),
          ...(local.has(pupil.id) && { signInKind: 'local' as const }),
          ...(never.has(pupil.id) && { passwordSetAt: null }),
          ...(overridden.has(pupil.id) && { policyOverride: 'mellemtrin' as const }),
        })),
        resetWindows: [...every(400, 5)].map((id) => openWindow(id, 's-kent', now - seconds(30))),
        stepUps: [...every(200, 6)].map((id) => startStepUp(id, 's-kent', now - minutes(20))),
        stepUpRequests: [
          ...school.stepUpRequests,
          ...[...every(500, 7)].map((id, place) => request(id, now - seconds(20), String(20 + place))),
        ],
      }
    },
  },
  emptyClass: {
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
    school: demoSchools,
    conditions: { latency: seconds(3) },
  },
  failing: {
    school: demoSchools,
    conditions: { failing: 'unexpected' },
  },
  offline: {
    school: demoSchools,
    conditions: { failing: 'network' },
  },
  operatingTrouble: {
    school: demoSchools,
    conditions: {
      trouble: {
        da: 'Unilogin svarer langsomt. Vent et minut, før en elev prøver igen. Vi regner med, at det er løst kl. 10.',
        en: 'Unilogin is slow to answer. Wait a minute before a pupil tries again. We expect it to be solved by 10 o’clock.',
      },
    },
  },
  signedOutInTheMiddle: {
    school: demoSchools,
    conditions: { signedOutAfterFirstAction: true },
  },
} as const satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarioList

/** Named situations, for tests, development and the picker. */
export const scenarios: Record<ScenarioName, Scenario> = scenarioList

export const isScenarioName = (name: string): name is ScenarioName => Object.hasOwn(scenarios, name)

export const scenarioNames: ScenarioName[] = Object.keys(scenarios).filter(isScenarioName)
