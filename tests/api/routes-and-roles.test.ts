import { describe, expect, test } from 'vitest'
import { STAFF_PASSWORD } from '../../mocks/people'
import type { ActivityAction } from '../../server/activity/entry'
import { openWindow } from '../../server/password-reset/rules'
import { problemStatus } from '../../server/problems'
import { startStepUp } from '../../server/step-up/rules'
import { type Instant, minutes } from '../../server/time'
import { isForPupils, routes } from './contract'
import {
  expectRefused,
  exportWords,
  MORNING,
  type Person,
  type SchoolUnderTest,
  schoolUnderTest,
} from './school-under-test'

/** Every kind of caller, seen from Asta in 2.A of Birkeskolen, whose teacher is Lone. */
const everyone = [
  'nobody',
  'somebody with a made-up session',
  'somebody whose session ran out',
  'somebody who signed out',
  'her teacher',
  'a teacher of another class',
  'a teacher with no classes',
  'a teacher of another school',
  'a teacher deactivated since',
  'a user administrator',
  'a user administrator with an old second factor',
  'a user administrator without a second factor',
  'a user administrator in the view of a teacher',
  'a user administrator of another school',
  'a user administrator of another school in the view of hers',
  "her teacher in an administrator's view",
  "her teacher with a second factor, in an administrator's view",
  'a pupil',
  'the pupil, in her own session',
  'a pupil who is to set a new password',
] as const
type Who = (typeof everyone)[number]

/** Somebody in the view of a school, whether or not it is theirs to have. */
const planted = async (
  school: SchoolUnderTest,
  staffId: string,
  view: string | undefined,
  secondFactorAt: Instant | null,
): Promise<Person> => ({
  ...(await school.plantSession({ staffId, secondFactorAt, startedAt: MORNING - minutes(60) })),
  ...(view === undefined ? {} : { school: view }),
})

/** Sofie, as user administrator of Søndervang Skole only. */
function atSoendervang(school: SchoolUnderTest, view: string) {
  school.change((data) => ({
    ...data,
    staff: data.staff.map((each) =>
      each.id === 's-sofie'
        ? { ...each, roles: [{ institutionId: 'soendervang', role: 'userAdministrator' }] }
        : each,
    ),
  }))
  return planted(school, 's-sofie', view, MORNING)
}

const arrive: Record<Who, (school: SchoolUnderTest) => Promise<Person | undefined>> = {
  nobody: async () => undefined,
  'somebody with a made-up session': async () => ({ token: 'f'.repeat(64), ref: 'f'.repeat(16) }),
  'somebody whose session ran out': async (school: SchoolUnderTest) => {
    const lone = await school.signIn('lone4821')
    school.pass(minutes(20))
    return lone
  },
  'somebody who signed out': async (school: SchoolUnderTest) => {
    const lone = await school.signIn('lone4821')
    await school.call('DELETE /api/session', { as: lone })
    return lone
  },
  'her teacher': (school: SchoolUnderTest) => school.signIn('lone4821'),
  'a teacher of another class': (school: SchoolUnderTest) => school.signIn('bodi2259'),
  'a teacher with no classes': (school: SchoolUnderTest) => school.signIn('omar7310'),
  'a teacher of another school': (school: SchoolUnderTest) => school.signIn('sofi6603'),
  'a teacher deactivated since': async (school: SchoolUnderTest) => {
    const mads = await school.signIn('mads5512')
    school.change((data) => ({
      ...data,
      staff: data.staff.map((each) => (each.id === 's-mads' ? { ...each, active: false } : each)),
    }))
    return mads
  },
  'a user administrator': (school: SchoolUnderTest) => school.administrator('kent1904', 'birkeskolen'),
  'a user administrator with an old second factor': (school: SchoolUnderTest) =>
    planted(school, 's-kent', 'birkeskolen', MORNING - minutes(31)),
  'a user administrator without a second factor': (school: SchoolUnderTest) =>
    planted(school, 's-kent', 'birkeskolen', null),
  'a user administrator in the view of a teacher': (school: SchoolUnderTest) =>
    planted(school, 's-kent', undefined, MORNING),
  'a user administrator of another school': (school: SchoolUnderTest) => atSoendervang(school, 'soendervang'),
  'a user administrator of another school in the view of hers': (school: SchoolUnderTest) =>
    atSoendervang(school, 'birkeskolen'),
  "her teacher in an administrator's view": (school: SchoolUnderTest) =>
    planted(school, 's-lone', 'birkeskolen', null),
  "her teacher with a second factor, in an administrator's view": (school: SchoolUnderTest) =>
    planted(school, 's-lone', 'birkeskolen', MORNING),
  'a pupil': (school: SchoolUnderTest) => school.plantSession({ staffId: school.id('asta2011') }),
  'the pupil, in her own session': (school: SchoolUnderTest) => school.signInAsPupil('asta2011'),
  'a pupil who is to set a new password': (school: SchoolUnderTest) => school.signInAsPupil('frej4011'),
}

/** Who is known to have tried, where it is refused. */
const actorOf: Record<Who, (school: SchoolUnderTest) => string | null> = {
  nobody: () => null,
  'somebody with a made-up session': () => null,
  'somebody whose session ran out': () => null,
  'somebody who signed out': () => null,
  'her teacher': () => 's-lone',
  'a teacher of another class': () => 's-bodil',
  'a teacher with no classes': () => 's-omar',
  'a teacher of another school': () => 's-sofie',
  'a teacher deactivated since': () => 's-mads',
  'a user administrator': () => 's-kent',
  'a user administrator with an old second factor': () => 's-kent',
  'a user administrator without a second factor': () => 's-kent',
  'a user administrator in the view of a teacher': () => 's-kent',
  'a user administrator of another school': () => 's-sofie',
  'a user administrator of another school in the view of hers': () => 's-sofie',
  "her teacher in an administrator's view": () => 's-lone',
  "her teacher with a second factor, in an administrator's view": () => 's-lone',
  'a pupil': (school) => school.id('asta2011'),
  // On the routes of staff nobody knows them.
  'the pupil, in her own session': () => null,
  'a pupil who is to set a new password': () => null,
}

const pupilActing: Partial<Record<Who, string>> = {
  'the pupil, in her own session': 'asta2011',
  'a pupil who is to set a new password': 'frej4011',
}

/** Who is known to have tried on a route of pupils. */
const pupilActor = (who: Who, school: SchoolUnderTest) => {
  const username = pupilActing[who]
  return username ? school.id(username) : null
}

type Outcome = 200 | 204 | keyof typeof problemStatus

/** Everybody without a session that lives. */
const noSession = {
  nobody: 'not-signed-in',
  'somebody with a made-up session': 'session-ended',
  'somebody whose session ran out': 'session-ended',
  'somebody who signed out': 'session-ended',
  'a teacher deactivated since': 'session-ended',
  'a pupil': 'session-ended',
  'the pupil, in her own session': 'not-signed-in',
  'a pupil who is to set a new password': 'not-signed-in',
} as const

/** Everybody in a view that is not theirs to have, or not yet. */
const noView = {
  'a user administrator without a second factor': 'second-factor-needed',
  'a user administrator in the view of a teacher': 'not-allowed',
  'a user administrator of another school in the view of hers': 'not-found',
  "her teacher in an administrator's view": 'second-factor-needed',
  "her teacher with a second factor, in an administrator's view": 'not-found',
} as const

const hersOnly: Record<Who, Outcome> = {
  ...noSession,
  ...noView,
  'her teacher': 200,
  'a user administrator': 200,
  // Old enough to be asked for anew before a change of policy or a block, and for nothing else.
  'a user administrator with an old second factor': 200,
  'a user administrator of another school': 'not-found',
  'a teacher of another class': 'not-found',
  'a teacher with no classes': 'not-found',
  'a teacher of another school': 'not-found',
}

const ownOnly: Record<Who, Outcome> = {
  ...hersOnly,
  'a teacher of another class': 200,
  'a teacher with no classes': 200,
  'a teacher of another school': 200,
  'a user administrator of another school': 200,
}

/** Each in the view of a school of their own. */
const administratorsOnly: Record<Who, Outcome> = {
  ...ownOnly,
  'her teacher': 'not-allowed',
  'a teacher of another class': 'not-allowed',
  'a teacher with no classes': 'not-allowed',
  'a teacher of another school': 'not-allowed',
}

/** Everybody of the staff with a session that lives, whatever their view. */
const staff = (outcome: Outcome) => ({
  'her teacher': outcome,
  'a teacher of another class': outcome,
  'a teacher with no classes': outcome,
  'a teacher of another school': outcome,
  'a user administrator': outcome,
  'a user administrator with an old second factor': outcome,
  'a user administrator without a second factor': outcome,
  'a user administrator in the view of a teacher': outcome,
  'a user administrator of another school': outcome,
  'a user administrator of another school in the view of hers': outcome,
  "her teacher in an administrator's view": outcome,
  "her teacher with a second factor, in an administrator's view": outcome,
})

const anySession: Record<Who, Outcome> = { ...noSession, ...staff(200) }

/** Those who are nowhere user administrators have no use for a second factor. */
const anyAdministrator = (outcome: Outcome): Record<Who, Outcome> => ({
  ...noSession,
  ...staff(outcome),
  'her teacher': 'not-allowed',
  'a teacher with no classes': 'not-allowed',
  'a teacher of another school': 'not-allowed',
  "her teacher in an administrator's view": 'not-allowed',
  "her teacher with a second factor, in an administrator's view": 'not-allowed',
})

/** The address names her school, and so the view, whatever else the request says. */
const herSchoolOnly: Record<Who, Outcome> = {
  ...noSession,
  ...staff('second-factor-needed'),
  'a user administrator': 200,
  'a user administrator with an old second factor': 200,
  'a user administrator in the view of a teacher': 200,
  'a user administrator of another school': 'not-found',
  'a user administrator of another school in the view of hers': 'not-found',
  "her teacher with a second factor, in an administrator's view": 'not-found',
}

/** Files of a whole school are for its administrators. */
const herAdministratorsOnly: Record<Who, Outcome> = {
  ...hersOnly,
  'her teacher': 'not-allowed',
  'a teacher of another class': 'not-allowed',
  'a teacher with no classes': 'not-allowed',
  'a teacher of another school': 'not-allowed',
}

/** What only her administrators may do, and only with a second factor given lately. */
const freshOnly: Record<Who, Outcome> = {
  ...noSession,
  ...staff('not-allowed'),
  ...noView,
  'a user administrator': 200,
  'a user administrator with an old second factor': 'second-factor-stale',
  'a user administrator of another school': 'not-found',
}

const everybody = (status: 200 | 204): Record<Who, Outcome> => ({
  ...staff(status),
  nobody: status,
  'somebody with a made-up session': status,
  'somebody whose session ran out': status,
  'somebody who signed out': status,
  'a teacher deactivated since': status,
  'a pupil': status,
  'the pupil, in her own session': status,
  'a pupil who is to set a new password': status,
})

/** On the routes of pupils nobody of the staff is anybody. */
const pupilsOnly = (hers: Outcome, whoChanges: Outcome): Record<Who, Outcome> => ({
  ...staff('not-signed-in'),
  nobody: 'not-signed-in',
  'somebody with a made-up session': 'not-signed-in',
  'somebody whose session ran out': 'not-signed-in',
  'somebody who signed out': 'not-signed-in',
  'a teacher deactivated since': 'not-signed-in',
  'a pupil': 'not-signed-in',
  'the pupil, in her own session': hers,
  'a pupil who is to set a new password': whoChanges,
})

/** A new password is for those of whom one is asked. */
const changingOnly = pupilsOnly('not-allowed', 200)

interface Row {
  path?: string | ((school: SchoolUnderTest) => string)
  body?: (school: SchoolUnderTest) => unknown
  /** As the log names it; null where there is nothing to refuse. */
  action: ActivityAction | null
  outcomes: Record<Who, Outcome>
}

/** Those whom an answer may tell her name. */
const seesAsta: readonly Who[] = [
  'her teacher',
  'a user administrator',
  'a user administrator with an old second factor',
  'a user administrator in the view of a teacher',
]

const asta = (school: SchoolUnderTest) => ({ pupilIds: [school.id('asta2011')] })

/** Who is in her class, and blocked. */
const bertram = (school: SchoolUnderTest) => ({ pupilIds: [school.id('bert2012')] })

const table: Record<string, Row> = {
  'GET /api/session': { action: null, outcomes: everybody(200) },
  'GET /api/operating-status': { action: null, outcomes: everybody(200) },
  'POST /api/session/username': {
    body: () => ({ username: 'omar7310' }),
    action: null,
    outcomes: everybody(200),
  },
  'POST /api/session': {
    body: () => ({ username: 'omar7310', password: STAFF_PASSWORD }),
    action: 'signIn',
    outcomes: everybody(200),
  },
  'DELETE /api/session': { action: null, outcomes: everybody(204) },
  'POST /api/session/keep-alive': { action: 'keepSession', outcomes: anySession },
  'POST /api/session/second-factor/codes': {
    action: 'sendSecondFactorCode',
    outcomes: anyAdministrator(200),
  },
  // No code is on its way; giving the right one is in second-factor.test.ts.
  'POST /api/session/second-factor': {
    body: () => ({ code: '123456' }),
    action: 'giveSecondFactor',
    outcomes: anyAdministrator('code-ended'),
  },
  'GET /api/schools/{institutionId}/pupils': {
    path: '/api/schools/birkeskolen/pupils',
    action: 'listPupils',
    outcomes: herSchoolOnly,
  },
  'GET /api/schools/{institutionId}/pupils/{pupilId}': {
    path: (school) => `/api/schools/birkeskolen/pupils/${school.id('asta2011')}`,
    action: 'readPupil',
    outcomes: herSchoolOnly,
  },
  'GET /api/classes': { action: 'listClasses', outcomes: ownOnly },
  'GET /api/classes/{classId}': {
    path: '/api/classes/birkeskolen-2a',
    action: 'listPupils',
    outcomes: hersOnly,
  },
  'GET /api/pupil/session': { action: null, outcomes: everybody(200) },
  'POST /api/pupil/session/username': {
    body: () => ({ username: 'asta2011' }),
    action: null,
    outcomes: everybody(200),
  },
  'POST /api/pupil/session': {
    body: () => ({ username: 'asta2011', password: 'sun cat boat apple' }),
    action: 'signIn',
    outcomes: everybody(200),
  },
  'POST /api/pupil/session/keep-alive': { action: 'keepSession', outcomes: pupilsOnly(200, 200) },
  'DELETE /api/pupil/session': { action: null, outcomes: everybody(204) },
  'POST /api/pupil/new-password/suggestion': { action: 'setPassword', outcomes: changingOnly },
  'POST /api/pupil/new-password/check': {
    body: () => ({ password: 'regnbue' }),
    action: 'setPassword',
    outcomes: changingOnly,
  },
  'POST /api/pupil/new-password': {
    body: () => ({ password: 'gul-regnbue', from: 'own' }),
    action: 'setPassword',
    outcomes: changingOnly,
  },
  'POST /api/pupil/new-password/postponement': { action: 'postponePassword', outcomes: changingOnly },
  'POST /api/pupil/step-up-requests': {
    body: () => ({ service: 'aula' }),
    action: 'askForStepUp',
    outcomes: pupilsOnly(200, 'not-allowed'),
  },
  'GET /api/pupil/step-up-requests/latest': {
    action: 'followStepUpRequest',
    outcomes: pupilsOnly(200, 200),
  },
  'DELETE /api/pupil/step-up-requests/{id}': {
    path: '/api/pupil/step-up-requests/r-asta',
    action: 'withdrawStepUpRequest',
    outcomes: pupilsOnly(200, 'not-found'),
  },
  'GET /api/pupil/services/{service}': {
    path: '/api/pupil/services/aula',
    action: 'openService',
    outcomes: pupilsOnly(200, 'not-allowed'),
  },
  'GET /api/pupil/events': { action: 'followStepUpRequest', outcomes: pupilsOnly(200, 200) },
  'GET /api/activity': { action: 'listActivity', outcomes: ownOnly },
  'POST /api/activity/exports': {
    body: () => ({ language: 'da' }),
    action: 'exportActivity',
    outcomes: administratorsOnly,
  },
  'GET /api/events': { action: 'listPupils', outcomes: ownOnly },
  'GET /api/step-up-requests': { action: 'listPupils', outcomes: ownOnly },
  'GET /api/pupils': { action: 'listPupils', outcomes: ownOnly },
  'POST /api/pupils/username-reveals': { body: asta, action: 'revealUsername', outcomes: hersOnly },
  'POST /api/pupils/username-copies': { body: asta, action: 'copyUsername', outcomes: hersOnly },
  'POST /api/pupils/username-slips': { body: asta, action: 'printSlips', outcomes: hersOnly },
  'POST /api/pupils/class-lists': { body: asta, action: 'printClassList', outcomes: hersOnly },
  'POST /api/pupils/exports': {
    body: (school) => ({ ...asta(school), words: exportWords }),
    action: 'exportPupils',
    outcomes: herAdministratorsOnly,
  },
  'POST /api/pupils/password-resets': { body: asta, action: 'giveNewPassword', outcomes: hersOnly },
  'POST /api/pupils/password-reset-cancellations': {
    body: asta,
    action: 'cancelNewPassword',
    outcomes: hersOnly,
  },
  'POST /api/pupils/step-ups': { body: asta, action: 'stepUp', outcomes: hersOnly },
  'POST /api/pupils/step-up-ends': { body: asta, action: 'endStepUp', outcomes: hersOnly },
  'POST /api/pupils/policies': {
    body: (school) => ({ ...asta(school), policy: 'mellemtrin', note: 'Aftalt med klasselæreren' }),
    action: 'setPolicy',
    outcomes: freshOnly,
  },
  'POST /api/pupils/blocks': {
    body: (school) => ({ ...asta(school), reason: { code: 'misuse' }, until: null }),
    action: 'blockPupil',
    outcomes: freshOnly,
  },
  'POST /api/pupils/unblocks': { body: bertram, action: 'unblockPupil', outcomes: freshOnly },
  'POST /api/step-up-requests/decisions': {
    body: () => ({ requestIds: ['r-asta'], decision: 'approve' }),
    action: 'approveStepUpRequest',
    outcomes: hersOnly,
  },
}

/** Asta with a window and a step-up to act on, and a request that waits. */
const busyAsta = () =>
  schoolUnderTest((school) => {
    const { id = '' } = school.pupils.find(({ username }) => username === 'asta2011') ?? {}
    return {
      ...school,
      resetWindows: [openWindow(id, 's-mads', MORNING)],
      stepUps: [startStepUp(id, 's-mads', MORNING)],
      stepUpRequests: [
        {
          id: 'r-asta',
          pupilId: id,
          service: 'aula',
          checkCode: '12',
          requestedAt: MORNING + minutes(10),
          outcome: null,
        },
      ],
    }
  })

test('the table has a row for every route of the API, and for nothing else', () => {
  expect(Object.keys(table).toSorted()).toEqual(routes.map(({ name }) => name).toSorted())
})

describe.each(Object.entries(table))('%s', (name, { path, body, action, outcomes }) => {
  test.each(everyone)('by %s', async (who) => {
    const school = busyAsta()
    const as = await arrive[who](school)
    const address = typeof path === 'function' ? path(school) : path
    const route = address ? `${name.split(' ')[0]} ${address}` : name
    const outcome = outcomes[who]
    const attempt = () => school.call(route, { as, body: body?.(school) })

    if (typeof outcome === 'string') {
      expect(action).not.toBeNull()
      if (action === null) return
      const answer = await expectRefused(school, attempt, {
        status: problemStatus[outcome],
        type: outcome,
        action,
        by: isForPupils({ path: route.split(' ')[1] ?? '' }) ? pupilActor(who, school) : actorOf[who](school),
      })
      expect(Object.keys(answer.problem()).toSorted()).toEqual(['requestId', 'status', 'title', 'type'])
      return
    }

    const logged = school.activity().length
    const answer = await attempt()
    expect(answer.status, answer.text).toBe(outcome)
    const isHer = seesAsta.includes(who) || isForPupils({ path: route.split(' ')[1] ?? '' })
    if (!isHer) expect(answer.text).not.toContain('Asta Holm')
    for (const entry of school.activity().slice(logged)) expect(entry.outcome).toBe('done')
  })
})

test('what Lone does to Asta in this table is really done, so that the refusals beside it mean something', async () => {
  const hers = Object.entries(table).filter(
    ([name, { outcomes }]) => /POST .*(pupils\/|decisions)/.test(name) && outcomes['her teacher'] === 200,
  )
  expect(hers.length).toBeGreaterThan(5)
  for (const [name] of hers) {
    const school = busyAsta()
    const lone = await school.signIn('lone4821')
    const before = school.snapshot()
    const answer = await school.call(name, { as: lone, body: table[name]?.body?.(school) })
    expect(answer.text).toContain('"refusal":null')
    const after = school.snapshot()
    if (!/username|class-lists/.test(name)) {
      expect([after.resetWindows, after.stepUps, after.stepUpRequests]).not.toEqual([
        before.resetWindows,
        before.stepUps,
        before.stepUpRequests,
      ])
    }
    expect(school.activity().at(-1)).toMatchObject({
      action: table[name]?.action,
      actorId: 's-lone',
      pupilId: school.id('asta2011'),
      outcome: 'done',
      reason: null,
    })
  }
})

test('what Kent alone may do in this table is really done, too', async () => {
  const his = Object.entries(table).filter(([, { outcomes }]) => outcomes === freshOnly)
  expect(his.length).toBeGreaterThan(2)
  for (const [name, { body, action }] of his) {
    const school = busyAsta()
    const kent = await school.administrator('kent1904', 'birkeskolen')
    const before = school.snapshot()
    const answer = await school.call(name, { as: kent, body: body?.(school) })
    expect(answer.text).toContain('"refusal":null')
    expect(school.snapshot().pupils).not.toEqual(before.pupils)
    expect(school.activity().at(-1)).toMatchObject({
      action,
      actorId: 's-kent',
      institutionIds: ['birkeskolen'],
      outcome: 'done',
    })
  }
})

test('the status of each problem is the one that is documented', () => {
  expect(problemStatus).toEqual({
    'malformed-request': 400,
    'idempotency-key-missing': 400,
    'not-signed-in': 401,
    'session-ended': 401,
    'session-changed': 409,
    'wrong-password': 401,
    'wrong-code': 401,
    'code-ended': 401,
    'no-role': 403,
    'pupil-blocked': 403,
    'step-up-required': 403,
    'second-factor-needed': 403,
    'second-factor-stale': 403,
    'not-allowed': 403,
    'cross-site': 403,
    'not-found': 404,
    'username-not-found': 404,
    'identity-provider-not-found': 404,
    'too-large': 413,
    'unsupported-media-type': 415,
    'invalid-request': 422,
    'password-refused': 422,
    'idempotency-key-reused': 422,
    'too-many-requests': 429,
    unexpected: 500,
    unavailable: 503,
  })
})
