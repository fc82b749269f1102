import { describe, expect, test } from 'vitest'
import { demoSchools } from '../../mocks/people'
import { scenarioNames, scenarios } from '../../mocks/scenarios/scenarios'
import { shownName } from '../../server/people'
import { mustChange, policyOf, policyOfYear } from '../../server/policy/rules'
import { isUsername } from '../../server/session/username'
import { isWaiting } from '../../server/step-up/rules'
import type { SchoolData } from '../../server/store/memory'
import { days } from '../../server/time'
import { NOW } from './ordinary-pupil'

const school = demoSchools(NOW)

const classesAt = (institutionId: string) =>
  school.classes.filter((each) => each.institutionId === institutionId && each.kind === 'class')

const pupilsOf = (classId: string, of: SchoolData = school) => {
  const ids = new Set(of.enrolments.filter((each) => each.classId === classId).map((each) => each.pupilId))
  return of.pupils.filter(({ id }) => ids.has(id))
}

const pupilsAt = (institutionId: string) => classesAt(institutionId).flatMap(({ id }) => pupilsOf(id))

const pupil = (username: string) => {
  const [found, ...more] = school.pupils.filter((each) => each.username === username)
  if (!found || more.length > 0) throw new Error(`${username} is not one pupil`)
  return found
}

const classNamesOf = (username: string) => {
  const { id } = pupil(username)
  const ids = school.enrolments.filter(({ pupilId }) => pupilId === id).map(({ classId }) => classId)
  return school.classes.filter((each) => ids.includes(each.id)).map(({ name }) => name)
}

const person = (username: string) => {
  const found = school.staff.find((each) => each.username === username)
  if (!found) throw new Error(`${username} is nobody`)
  const classIds = school.teaching.filter(({ staffId }) => staffId === found.id).map(({ classId }) => classId)
  return {
    name: found.name,
    roles: found.roles.map(({ institutionId, role }) => `${role} at ${institutionId}`),
    classes: school.classes.filter(({ id }) => classIds.includes(id)).map(({ name }) => name),
  }
}

describe('Birkeskolen', () => {
  test('has the 22 classes 0.A to 9.B, 10.X and 10.Y', () => {
    expect(classesAt('birkeskolen').map(({ name }) => name)).toEqual([
      ...['0.A', '0.B', '1.A', '1.B', '2.A', '2.B', '3.A', '3.B', '4.A', '4.B', '5.A', '5.B'],
      ...['6.A', '6.B', '7.A', '7.B', '8.A', '8.B', '9.A', '9.B', '10.X', '10.Y'],
    ])
  })

  test('has 24 to 28 pupils in each class, about 570 in all', () => {
    for (const { id } of classesAt('birkeskolen')) {
      expect(pupilsOf(id).length).toBeGreaterThanOrEqual(24)
      expect(pupilsOf(id).length).toBeLessThanOrEqual(28)
    }
    expect(pupilsAt('birkeskolen').length).toBeGreaterThanOrEqual(560)
    expect(pupilsAt('birkeskolen').length).toBeLessThanOrEqual(580)
  })

  test('has exactly three pupils with an overridden policy: Gustav, one in 8.B and one in 9.A', () => {
    const overridden = school.pupils.filter(({ policyOverride }) => policyOverride !== null)
    expect(overridden.map(({ username }) => classNamesOf(username)[0])).toEqual(['4.B', '8.B', '9.A'])
    expect(overridden[0]?.name).toBe('Gustav Petersen')
    for (const each of overridden) expect(policyOf(each)).not.toBe(policyOfYear(each.year))
  })
})

test('Søndervang Skole has 9 classes and about 210 pupils', () => {
  expect(classesAt('soendervang')).toHaveLength(9)
  expect(pupilsAt('soendervang').length).toBeGreaterThanOrEqual(205)
  expect(pupilsAt('soendervang').length).toBeLessThanOrEqual(215)
})

describe('the staff', () => {
  test('Lone Kjær teaches 2.A, 4.B and the group Tysk 8', () => {
    expect(person('lone4821')).toEqual({
      name: 'Lone Kjær',
      roles: ['teacher at birkeskolen'],
      classes: ['2.A', '4.B', 'Tysk 8'],
    })
  })

  test('Omar Said is a teacher with no classes', () => {
    expect(person('omar7310')).toEqual({
      name: 'Omar Said',
      roles: ['teacher at birkeskolen'],
      classes: [],
    })
  })

  test('Bodil Friis is user administrator at both schools and teaches 7.A', () => {
    expect(person('bodi2259')).toEqual({
      name: 'Bodil Friis',
      roles: [
        'userAdministrator at birkeskolen',
        'userAdministrator at soendervang',
        'teacher at birkeskolen',
      ],
      classes: ['7.A'],
    })
  })

  test('Kent Dahl is user administrator only', () => {
    expect(person('kent1904')).toEqual({
      name: 'Kent Dahl',
      roles: ['userAdministrator at birkeskolen'],
      classes: [],
    })
  })
})

describe('the named pupils', () => {
  test('of 2.A', () => {
    const twoA = ['asta2011', 'bert2012', 'carl2013', 'dict2014', 'emil2015']
    for (const username of twoA) expect(classNamesOf(username)).toEqual(['2.A'])
    expect(twoA.map((username) => pupil(username).name)).toEqual([
      'Asta Holm',
      'Bertram Lund',
      'Carla Nguyen',
      'Dicte Vestergaard',
      'Emil Østergaard',
    ])
  })

  test('Asta is ordinary, with four pictures', () => {
    const asta = pupil('asta2011')
    expect(asta).toMatchObject({ block: null, signInKind: 'unilogin', alias: null, policyOverride: null })
    expect(asta.passwordSetAt).not.toBeNull()
    expect(policyOf(asta)).toBe('indskoling')
    expect(mustChange(asta, NOW)).toBeNull()
  })

  test('Bertram is blocked, Carla has local login, Dicte never signed in', () => {
    expect(pupil('bert2012').block).not.toBeNull()
    expect(pupil('carl2013').signInKind).toBe('local')
    expect(pupil('dict2014').passwordSetAt).toBeNull()
    const blocked = school.pupils.filter(({ block }) => block !== null)
    expect(blocked.map(({ username }) => username)).toEqual(['bert2012'])
  })

  test('Emil, and nobody else, waits for a step-up to Aula', () => {
    expect(school.stepUpRequests).toHaveLength(1)
    const [request] = school.stepUpRequests
    expect(request).toMatchObject({ pupilId: pupil('emil2015').id, service: 'aula' })
    expect(isWaiting(request ?? null, NOW)).toBe(true)
  })

  test('Freja of 4.B follows mellemtrin, has just moved up and must change within 30 days', () => {
    const freja = pupil('frej4011')
    expect([freja.name, ...classNamesOf('frej4011')]).toEqual(['Freja Åkjær', '4.B'])
    expect(policyOf(freja)).toBe('mellemtrin')
    const due = mustChange(freja, NOW)
    expect(due?.because).toBe('movedUp')
    expect(due?.by).toBeGreaterThan(NOW)
    expect(due?.by).toBeLessThan(NOW + days(30))
  })

  test('Gustav of 4.B is overridden to indskoling', () => {
    expect([pupil('gust4012').name, ...classNamesOf('gust4012')]).toEqual(['Gustav Petersen', '4.B'])
    expect(pupil('gust4012').policyOverride).toBe('indskoling')
  })

  test('Hannah of Tysk 8 follows udskoling; her password expires in 12 days', () => {
    const hannah = pupil('hann8011')
    expect([hannah.name, ...classNamesOf('hann8011')]).toEqual(['Hannah Al-Amin', '8.A', 'Tysk 8'])
    expect(policyOf(hannah)).toBe('udskoling')
    expect(mustChange(hannah, NOW)).toEqual({ because: 'yearly', by: NOW + days(12) })
  })

  test('the protected pupil of Tysk 8 is shown as Elev 31 only', () => {
    const { id } = pupil('elev8031')
    expect(pupilsOf('birkeskolen-tysk-8').map((each) => each.id)).toContain(id)
    expect(shownName(pupil('elev8031'))).toBe('Elev 31')
    expect(school.pupils.filter(({ alias }) => alias !== null)).toHaveLength(1)
  })
})

describe('the school as a whole', () => {
  test('Tysk 8 has pupils of 8.A and of 8.B, and of no other class', () => {
    const classes = pupilsOf('birkeskolen-tysk-8').map(({ username }) => classNamesOf(username)[0])
    expect(new Set(classes)).toEqual(new Set(['8.A', '8.B']))
  })

  test('is the same for the same seed, whatever the time but for the times', () => {
    expect(demoSchools(NOW)).toEqual(school)
    const people = (at: number) =>
      demoSchools(at).pupils.map(({ id, username, name }) => [id, username, name])
    expect(people(NOW + days(100))).toEqual(people(NOW))
  })

  test('gives everybody an id and a username of their own, and each pupil a class of the own year', () => {
    const usernames = [...school.pupils, ...school.staff].map(({ username }) => username)
    expect(new Set(usernames).size).toBe(usernames.length)
    expect(usernames.filter((username) => !isUsername(username))).toEqual([])
    expect(new Set(school.pupils.map(({ id }) => id)).size).toBe(school.pupils.length)
    for (const { id, year } of school.classes.filter(({ kind }) => kind === 'class')) {
      for (const each of pupilsOf(id)) expect(each.year).toBe(year)
    }
    expect(school.enrolments.length).toBe(school.pupils.length + pupilsOf('birkeskolen-tysk-8').length)
  })
})

describe('every scenario', () => {
  test.each(scenarioNames)('%s refers only to people and classes that it has', (name) => {
    const data = scenarios[name].school(NOW)
    const pupils = new Set(data.pupils.map(({ id }) => id))
    const classes = new Set(data.classes.map(({ id }) => id))
    const staff = new Set(data.staff.map(({ id }) => id))
    const strangers = [
      ...data.enrolments.filter(({ pupilId, classId }) => !pupils.has(pupilId) || !classes.has(classId)),
      ...data.teaching.filter(({ staffId, classId }) => !staff.has(staffId) || !classes.has(classId)),
      ...data.resetWindows.filter(({ pupilId, openedBy }) => !pupils.has(pupilId) || !staff.has(openedBy)),
      ...data.stepUps.filter(({ pupilId, startedBy }) => !pupils.has(pupilId) || !staff.has(startedBy)),
      ...data.stepUpRequests.filter(({ pupilId }) => !pupils.has(pupilId)),
    ]
    expect(strangers).toEqual([])
  })

  test('the huge school has 5,000 pupils beside Søndervang Skole, with something of everything', () => {
    const huge = scenarios.hugeSchool.school(NOW)
    const classIds = new Set(
      huge.classes.filter((each) => each.institutionId === 'birkeskolen').map(({ id }) => id),
    )
    const ids = new Set(
      huge.enrolments.filter((each) => classIds.has(each.classId)).map(({ pupilId }) => pupilId),
    )
    const pupils = huge.pupils.filter(({ id }) => ids.has(id))
    expect(pupils).toHaveLength(5000)
    for (const some of [
      pupils.filter(({ block }) => block !== null),
      pupils.filter(({ signInKind }) => signInKind === 'local'),
      pupils.filter(({ passwordSetAt }) => passwordSetAt === null),
      pupils.filter(({ policyOverride }) => policyOverride !== null),
      huge.resetWindows,
      huge.stepUps,
      huge.stepUpRequests,
    ]) {
      expect(some.length).toBeGreaterThan(5)
    }
  })

  test('the big school has 1,500 pupils, all of them taught by Lone', () => {
    const big = scenarios.bigSchool.school(NOW)
    expect(big.pupils).toHaveLength(1500)
    expect(big.teaching.every(({ staffId }) => staffId === 's-lone')).toBe(true)
    expect(big.teaching).toHaveLength(big.classes.length)
  })
})
