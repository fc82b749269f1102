import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Caller, hasRole, type PupilAction, reachOf, type View } from '../../server/access'
import type { Institution, Pupil, Role, SchoolClass, Staff } from '../../server/people'
import { Problem } from '../../server/problems'
import type { Session } from '../../server/session/rules'
import { createMemoryStore, type SchoolData } from '../../server/store/memory'
import { hours } from '../../server/time'
import { emptySchool, NOW, ordinaryPupil } from './ordinary-pupil'

const actions: readonly PupilAction[] = [
  'listClasses',
  'listPupils',
  'revealUsername',
  'copyUsername',
  'giveNewPassword',
  'cancelNewPassword',
  'stepUp',
  'endStepUp',
  'approveStepUpRequest',
  'declineStepUpRequest',
  'listActivity',
  'printSlips',
  'printClassList',
]

const administratorsOnly: readonly PupilAction[] = [
  'readPupil',
  'setPolicy',
  'blockPupil',
  'unblockPupil',
  'exportPupils',
  'exportActivity',
]

const teacher: View = { role: 'teacher' }
const administrator = (institutionId: string): View => ({ role: 'userAdministrator', institutionId })

/** A person in a view, with a second factor unless told otherwise. */
const callerAs = (staff: Staff, as: View, secondFactorAt: number | null = NOW): Caller => {
  const session: Session = {
    tokenHash: 'hash',
    ref: 'ref',
    staffId: staff.id,
    secondFactorAt,
    sentCode: null,
    startedAt: NOW,
    lastActiveAt: NOW,
    endedAt: null,
  }
  return { staff, session, as }
}

const oak: Institution = { id: 'oak', name: 'Oak' }
const ash: Institution = { id: 'ash', name: 'Ash' }
const classAt = (id: string, institutionId: string, kind: SchoolClass['kind'] = 'class'): SchoolClass => ({
  id,
  institutionId,
  kind,
  name: id,
  year: kind === 'class' ? 2 : null,
})
const lone: Staff = {
  id: 's-1',
  username: 'lone4821',
  name: 'Lone',
  roles: [{ institutionId: 'oak', role: 'teacher' }],
  active: true,
}
const pupil = (id: string, special: Partial<Pupil> = {}) =>
  ordinaryPupil({ id, username: `${id}0000`, ...special })

const kent: Staff = {
  id: 's-3',
  username: 'kent1904',
  name: 'Kent',
  roles: [{ institutionId: 'oak', role: 'userAdministrator' }],
  active: true,
}

const school: SchoolData = {
  ...emptySchool,
  institutions: [oak, ash],
  classes: [
    classAt('2a', 'oak'),
    classAt('2b', 'oak'),
    classAt('choir', 'oak', 'group'),
    classAt('2x', 'ash'),
  ],
  staff: [lone],
  pupils: [
    pupil('mine'),
    pupil('both'),
    pupil('sings'),
    pupil('theirs'),
    pupil('far'),
    pupil('left', { active: false }),
  ],
  teaching: [
    { staffId: 's-1', classId: '2a' },
    { staffId: 's-1', classId: 'choir' },
    // The relation alone is not enough: the teacher's role is held at oak only.
    { staffId: 's-1', classId: '2x' },
  ],
  enrolments: [
    { pupilId: 'mine', classId: '2a' },
    { pupilId: 'left', classId: '2a' },
    { pupilId: 'both', classId: '2x' },
    { pupilId: 'both', classId: '2a' },
    { pupilId: 'sings', classId: 'choir' },
    { pupilId: 'sings', classId: '2b' },
    { pupilId: 'theirs', classId: '2b' },
    { pupilId: 'far', classId: '2x' },
  ],
}

const everyId = (of: SchoolData) => of.pupils.map(({ id }) => id)

/** Whom the person reaches, asked in both ways there are. */
async function reached(data: SchoolData, caller: Caller, action: PupilAction = 'listPupils') {
  return createMemoryStore(data).transaction(async (unit) => {
    const reach = await reachOf(unit, caller, action)
    const byId = await reach.pupils([...everyId(data), ...everyId(data)])
    const byClass = await reach.pupilsIn(reach.classes)
    const byEveryClass = await reach.pupilsIn(data.classes)
    const everyone = await reach.everyone()
    return { classes: reach.classes.map(({ id }) => id), byId, byClass, byEveryClass, everyone }
  })
}

describe('reach', () => {
  test('is the active pupils of own classes and groups, at the school where the role is held', async () => {
    const { classes, byId, byClass } = await reached(school, callerAs(lone, teacher))
    expect(classes).toEqual(['2a', 'choir'])
    const found = byId.map(({ pupil, classes, homeClass }) => [
      pupil.id,
      classes.map(({ id }) => id),
      homeClass?.id ?? null,
    ])
    expect(found).toEqual([
      ['mine', ['2a'], '2a'],
      ['both', ['2a'], '2a'],
      ['sings', ['choir'], '2b'],
    ])
    expect(byClass.map(({ pupil }) => pupil.id).sort()).toEqual(['both', 'mine', 'sings'])
  })

  test('a pupil known through a group only, at another school than the home class, has no home class', async () => {
    const data = {
      ...school,
      enrolments: [
        { pupilId: 'far', classId: '2x' },
        { pupilId: 'far', classId: 'choir' },
      ],
    }
    const { byId } = await reached(data, callerAs(lone, teacher))
    expect(byId.map(({ pupil, homeClass }) => [pupil.id, homeClass])).toEqual([['far', null]])
  })

  test.each(actions)('%s is for the view of a teacher, held by the person and active', async (action) => {
    await expect(reached(school, callerAs(lone, teacher), action)).resolves.toBeDefined()
    for (const refused of [
      callerAs(kent, teacher),
      callerAs({ ...lone, active: false }, teacher),
      callerAs({ ...lone, roles: [] }, teacher),
    ]) {
      await expect(reached(school, refused, action)).rejects.toEqual(new Problem('not-allowed'))
    }
  })

  test.each(administratorsOnly)('%s is not for the view of a teacher, whoever has it', async (action) => {
    for (const person of [lone, kent, { ...lone, roles: [...lone.roles, ...kent.roles] }]) {
      await expect(reached(school, callerAs(person, teacher), action)).rejects.toEqual(
        new Problem('not-allowed'),
      )
    }
  })

  test('a role is held only where it is given, and only while active', () => {
    expect(hasRole(lone, 'teacher')).toBe(true)
    expect(hasRole(lone, 'userAdministrator')).toBe(false)
    expect(hasRole({ ...lone, active: false }, 'teacher')).toBe(false)
    expect(hasRole({ ...lone, roles: [] }, 'teacher')).toBe(false)
  })
})

const found = (reached: readonly { pupil: Pupil }[]) => reached.map(({ pupil }) => pupil.id).toSorted()

describe("an administrator's reach", () => {
  const withUnplaced: SchoolData = {
    ...school,
    pupils: [...school.pupils, pupil('new'), pupil('elsewhere'), pupil('gone', { active: false })],
    registrations: [
      { pupilId: 'new', institutionId: 'oak' },
      { pupilId: 'mine', institutionId: 'oak' },
      { pupilId: 'gone', institutionId: 'oak' },
      { pupilId: 'elsewhere', institutionId: 'ash' },
    ],
  }

  test('is all classes and all active pupils of the school, those in no class too', async () => {
    const { classes, byId, byClass, byEveryClass, everyone } = await reached(
      withUnplaced,
      callerAs(kent, administrator('oak')),
    )
    expect(classes).toEqual(['2a', '2b', 'choir'])
    const ofOak = ['both', 'mine', 'new', 'sings', 'theirs']
    expect(found(byId)).toEqual(ofOak)
    expect(found(everyone)).toEqual(ofOak)
    const inClass = ofOak.filter((id) => id !== 'new')
    expect(found(byClass)).toEqual(inClass)
    expect(found(byEveryClass)).toEqual(inClass)
  })

  test('shows of a pupil of two schools the classes of this one only', async () => {
    const { byId } = await reached(withUnplaced, callerAs(kent, administrator('oak')))
    const described = byId.map(({ pupil, classes, homeClass }) => [
      pupil.id,
      classes.map(({ id }) => id).toSorted(),
      homeClass?.id ?? null,
    ])
    expect(described).toContainEqual(['both', ['2a'], '2a'])
    expect(described).toContainEqual(['sings', ['2b', 'choir'], '2b'])
    expect(described).toContainEqual(['new', [], null])
  })

  test.each([...actions, ...administratorsOnly])('%s needs a second factor, however old', async (action) => {
    const oak = administrator('oak')
    await expect(reached(school, callerAs(kent, oak, NOW - hours(7)), action)).resolves.toBeDefined()
    await expect(reached(school, callerAs(kent, oak, null), action)).rejects.toEqual(
      new Problem('second-factor-needed'),
    )
  })

  test('stops at the schools where the role is held', async () => {
    const both: Staff = { ...kent, roles: [...kent.roles, { institutionId: 'ash', role: 'teacher' }] }
    for (const [person, institutionId] of [
      [both, 'ash'],
      [kent, 'nowhere'],
      [kent, ''],
      [kent, '../oak'],
      [lone, 'oak'],
    ] as const) {
      await expect(reached(school, callerAs(person, administrator(institutionId)))).rejects.toEqual(
        new Problem('not-found'),
      )
    }
  })

  test('without a second factor every school gets one answer, own or not', async () => {
    for (const institutionId of ['oak', 'ash', 'nowhere']) {
      await expect(reached(school, callerAs(kent, administrator(institutionId), null))).rejects.toEqual(
        new Problem('second-factor-needed'),
      )
    }
  })

  test('ends with the person', async () => {
    const gone = callerAs({ ...kent, active: false }, administrator('oak'))
    await expect(reached(school, gone)).rejects.toEqual(new Problem('not-allowed'))
  })
})

/** Any school at all: who teaches what, who is enrolled where, with which roles. */
const anySchool = fc
  .record({
    classes: fc.array(
      fc.record({
        at: fc.constantFrom('oak', 'ash', 'elm'),
        kind: fc.constantFrom<SchoolClass['kind'][]>('class', 'group'),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    pupils: fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }),
    roles: fc.array(
      fc.record({
        institutionId: fc.constantFrom('oak', 'ash', 'elm'),
        role: fc.constantFrom<Role[]>('teacher', 'userAdministrator'),
      }),
      { maxLength: 4 },
    ),
    teaching: fc.array(fc.nat({ max: 5 }), { maxLength: 6 }),
    othersTeaching: fc.array(fc.nat({ max: 5 }), { maxLength: 6 }),
    enrolments: fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 5 })), { maxLength: 30 }),
  })
  .map(({ classes, pupils, roles, teaching, othersTeaching, enrolments }): SchoolData => {
    const unique = <T>(rows: T[]) => [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]
    return {
      ...emptySchool,
      institutions: [oak, ash, { id: 'elm', name: 'Elm' }],
      classes: classes.map(({ at, kind }, place) => classAt(`c-${place}`, at, kind)),
      staff: [
        { ...lone, roles: unique(roles) },
        { ...lone, id: 's-2', username: 'omar7310' },
      ],
      pupils: pupils.map((active, place) => pupil(`p-${place}`, { active })),
      teaching: unique([
        ...teaching
          .filter((place) => place < classes.length)
          .map((place) => ({ staffId: 's-1', classId: `c-${place}` })),
        ...othersTeaching
          .filter((place) => place < classes.length)
          .map((place) => ({ staffId: 's-2', classId: `c-${place}` })),
      ]),
      enrolments: unique(
        enrolments
          .filter(([who, where]) => who < pupils.length && where < classes.length)
          .map(([who, where]) => ({ pupilId: `p-${who}`, classId: `c-${where}` })),
      ),
    }
  })

test('in any school: every active pupil of own classes, and never anyone else', async () => {
  await fc.assert(
    fc.asyncProperty(anySchool, async (data) => {
      const [person] = data.staff
      if (!person) throw new Error('a school has somebody')
      const caller = callerAs(person, teacher)
      if (!person.roles.some(({ role }) => role === 'teacher')) {
        await expect(reached(data, caller)).rejects.toEqual(new Problem('not-allowed'))
        return
      }

      const own = data.classes.filter(
        ({ id, institutionId }) =>
          data.teaching.some(({ staffId, classId }) => staffId === 's-1' && classId === id) &&
          person.roles.some((held) => held.role === 'teacher' && held.institutionId === institutionId),
      )
      const isIn = (pupilId: string, schoolClass: SchoolClass) =>
        data.enrolments.some((each) => each.pupilId === pupilId && each.classId === schoolClass.id)
      const expected = data.pupils
        .filter(({ id, active }) => active && own.some((schoolClass) => isIn(id, schoolClass)))
        .map(({ id }) => id)

      const { classes, byId, byClass, byEveryClass, everyone } = await reached(data, caller)
      expect(classes.toSorted()).toEqual(own.map(({ id }) => id).toSorted())
      for (const found of [byId, byClass, byEveryClass, everyone]) {
        expect(found.map(({ pupil }) => pupil.id).toSorted()).toEqual(expected.toSorted())
        for (const { pupil, classes, homeClass } of found) {
          const shared = own.filter((schoolClass) => isIn(pupil.id, schoolClass))
          expect(classes.map(({ id }) => id).toSorted()).toEqual(shared.map(({ id }) => id).toSorted())
          if (homeClass === null) continue
          expect(homeClass.kind).toBe('class')
          expect(isIn(pupil.id, homeClass)).toBe(true)
          expect(shared.map(({ institutionId }) => institutionId)).toContain(homeClass.institutionId)
        }
      }
    }),
    { numRuns: 300 },
  )
})

test("in any school: an administrator's view is every active pupil of that school, and never anyone else", async () => {
  const anyView = fc.tuple(
    anySchool,
    fc.constantFrom('oak', 'ash', 'elm'),
    fc.array(fc.tuple(fc.nat({ max: 7 }), fc.constantFrom('oak', 'ash', 'elm')), { maxLength: 6 }),
  )
  await fc.assert(
    fc.asyncProperty(anyView, async ([drawn, institutionId, registered]) => {
      const data: SchoolData = {
        ...drawn,
        registrations: registered
          .filter(([place]) => place < drawn.pupils.length)
          .map(([place, at]) => ({ pupilId: `p-${place}`, institutionId: at })),
      }
      const [person] = data.staff
      if (!person) throw new Error('a school has somebody')
      const caller = callerAs(person, administrator(institutionId))
      const isOwn = person.roles.some(
        (held) => held.role === 'userAdministrator' && held.institutionId === institutionId,
      )
      if (!isOwn) {
        await expect(reached(data, caller)).rejects.toEqual(new Problem('not-found'))
        return
      }
      const own = data.classes.filter((each) => each.institutionId === institutionId).map(({ id }) => id)
      const classIdsOf = (pupilId: string) =>
        data.enrolments
          .filter((each) => each.pupilId === pupilId && own.includes(each.classId))
          .map(({ classId }) => classId)
      const isRegistered = (pupilId: string) =>
        data.registrations.some((each) => each.pupilId === pupilId && each.institutionId === institutionId)
      const placed = data.pupils.filter(({ id, active }) => active && classIdsOf(id).length > 0)
      const all = data.pupils.filter(
        ({ id, active }) => active && (classIdsOf(id).length > 0 || isRegistered(id)),
      )

      const { classes, byId, byClass, byEveryClass, everyone } = await reached(data, caller)
      expect(classes.toSorted()).toEqual(own.toSorted())
      for (const [reachedPupils, expected] of [
        [byId, all],
        [everyone, all],
        [byClass, placed],
        [byEveryClass, placed],
      ] as const) {
        expect(found(reachedPupils)).toEqual(expected.map(({ id }) => id).toSorted())
        for (const { pupil, classes } of reachedPupils) {
          expect(classes.map(({ id }) => id).toSorted()).toEqual(classIdsOf(pupil.id).toSorted())
        }
      }
    }),
    { numRuns: 300 },
  )
})
