import type { PupilPassword } from '../server/passwords/hash'
import type { Block, Pupil, SchoolClass, Staff } from '../server/people'
import { policyOf, policyOfYear } from '../server/policy/rules'
import type { SchoolData } from '../server/store/memory'
import { days, type Instant, seconds } from '../server/time'
import { demoPasswords } from './demo-passwords'

/**
 * The demo school: Birkeskolen and Søndervang Skole, from a fixed seed, so that a guide or a test can name a pupil.
 * All names are invented.
 */

/** Everybody on the staff has this password; pupils' passwords exist on the pupils' side only. */
export const STAFF_PASSWORD = 'Elevadgang-2026'

const givenNames =
  'Aksel Alba Albert Alma Amira Anker Anna Anton Arthur Aya Benjamin Bjørk Caroline Christian Clara Ebba Eddie Ella Ellen Elliot Emma Esther Felix Frederik Frida Gry Hjalmar Hugo Ida Ingrid Isak Jakob Johan Josefine Julie Kaja Karl Kaya Lærke Laura Leonora Liam Liva Lucas Luna Lykke Magne Maja Malthe Marie Mathilde Mikkel Milo Mille Mohammad Nanna Niels Noah Nora Olga Olivia Oliver Oscar Otto Pelle Philip Rosa Saga Samir Sara Selma Sigurd Silje Sofia Solvej Søren Tilde Tobias Ulla Valdemar Vera Victor Viggo Vilma Walter William Yasmin Zara Åse Ævar Ørn'.split(
    ' ',
  )
const familyNames =
  'Aagaard Ahmed Andersen Bach Bak Berg Birk Bisgaard Bjerre Brandt Bruun Busk Carstensen Dahl Dam Damgaard Engberg Fabricius Fisker Frandsen Friis Frost Gade Gram Grønlund Hald Hansen Haugaard Hedegaard Hjort Holst Høj Ibsen Iversen Jacobsen Jensen Juhl Kaplan Karlsen Khan Kirk Kjeldsen Klit Koch Krogh Lange Lauridsen Leth Lind Lorenzen Madsen Mikkelsen Mortensen Munk Møller Nguyen Nielsen Nygaard Olesen Overgaard Poulsen Qvist Rahimi Rasmussen Ravn Riis Rosendahl Schmidt Skov Smed Søgaard Thomsen Toft Tran Uldall Vang Vestergaard Villadsen Winther Yde Yilmaz Ørsted Østergaard Åkjær'.split(
    ' ',
  )

/** A small seeded generator (mulberry32): the same school on every machine. */
function seededRandom(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const asciiLetters = (name: string) =>
  name
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'oe')
    .replaceAll('å', 'aa')
    .replace(/[^a-z]/g, '')

type NamedPupil = Partial<Pupil> & Pick<Pupil, 'name' | 'username'>

/** A block by Kent, until somebody ends it. */
export const blockOf = (since: Instant): Block => ({
  since,
  until: null,
  reason: { code: 'passwordKnown' },
  by: 's-kent',
})

/** Pupils whom guides and tests name, by school and class. */
const namedPupils = (now: Instant): Record<string, NamedPupil[]> => ({
  'birkeskolen-2a': [
    { name: 'Asta Holm', username: 'asta2011' },
    { name: 'Bertram Lund', username: 'bert2012', block: blockOf(now - days(3)) },
    { name: 'Carla Nguyen', username: 'carl2013', signInKind: 'local' },
    { name: 'Dicte Vestergaard', username: 'dict2014', passwordSetAt: null },
    { name: 'Emil Østergaard', username: 'emil2015' },
  ],
  'birkeskolen-4b': [
    { name: 'Freja Åkjær', username: 'frej4011', movedUpAt: now - days(12) },
    {
      name: 'Gustav Petersen',
      username: 'gust4012',
      policyOverride: 'indskoling',
      policyNote: 'Har svært ved at huske ord.',
    },
  ],
  'birkeskolen-8a': [{ name: 'Hannah Al-Amin', username: 'hann8011', passwordSetAt: now - days(365 - 12) }],
  'birkeskolen-8b': [
    { name: 'Navn under beskyttelse', username: 'elev8031', alias: 'Elev 31' },
    {
      name: 'Ivan Brandt',
      username: 'ivan8032',
      policyOverride: 'indskoling',
      policyNote: 'Aftalt med PPR: billeder i stedet for ord.',
    },
  ],
  'birkeskolen-9a': [
    {
      name: 'Jonna Krogh',
      username: 'jonn9021',
      policyOverride: 'mellemtrin',
      policyNote: 'Har brug for et ord uden tal og store bogstaver.',
    },
  ],
})

/** How many pupils of 8.A and 8.B, from the front of each class, take German. */
const GERMAN_PER_CLASS = 12

interface SchoolPlan {
  id: string
  name: string
  localLoginDomain: string
  /** Names of classes such as `2.A`; the year is the number before the dot. */
  classes: string[]
  /** The smallest and largest class. */
  size: [number, number]
}

const plans: SchoolPlan[] = [
  {
    id: 'birkeskolen',
    name: 'Birkeskolen',
    localLoginDomain: 'birkeskolen.example',
    classes: [
      ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((year) => [`${year}.A`, `${year}.B`]),
      '10.X',
      '10.Y',
    ],
    size: [24, 28],
  },
  {
    id: 'soendervang',
    name: 'Søndervang Skole',
    localLoginDomain: 'soendervang.example',
    classes: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((year) => `${year}.A`),
    size: [22, 24],
  },
]

/** A school of 1,500 pupils, for the scenario of that name. */
export const bigSchoolPlan: SchoolPlan = {
  id: 'birkeskolen',
  name: 'Birkeskolen',
  localLoginDomain: 'birkeskolen.example',
  classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((year) =>
    ['A', 'B', 'C', 'D', 'E', 'F'].map((letter) => `${year}.${letter}`),
  ),
  size: [25, 25],
}

/** 5,000 pupils at one school, more than any there is, and Søndervang Skole beside it. */
export const hugeSchoolPlans: readonly SchoolPlan[] = plans.map((plan) =>
  plan.id === 'birkeskolen'
    ? {
        ...plan,
        classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((year) =>
          [...'ABCDEFGHIJKLMNOPQRST'].map((letter) => `${year}.${letter}`),
        ),
        size: [25, 25],
      }
    : plan,
)

const staff: Staff[] = [
  {
    id: 's-lone',
    username: 'lone4821',
    name: 'Lone Kjær',
    roles: [{ institutionId: 'birkeskolen', role: 'teacher' }],
    active: true,
  },
  {
    id: 's-omar',
    username: 'omar7310',
    name: 'Omar Said',
    roles: [{ institutionId: 'birkeskolen', role: 'teacher' }],
    active: true,
  },
  {
    id: 's-bodil',
    username: 'bodi2259',
    name: 'Bodil Friis',
    roles: [
      { institutionId: 'birkeskolen', role: 'userAdministrator' },
      { institutionId: 'soendervang', role: 'userAdministrator' },
      { institutionId: 'birkeskolen', role: 'teacher' },
    ],
    active: true,
  },
  {
    id: 's-kent',
    username: 'kent1904',
    name: 'Kent Dahl',
    roles: [{ institutionId: 'birkeskolen', role: 'userAdministrator' }],
    active: true,
  },
  // Two more teachers: a colleague who shares 2.A, and one at the other school.
  {
    id: 's-mads',
    username: 'mads5512',
    name: 'Mads Bro',
    roles: [{ institutionId: 'birkeskolen', role: 'teacher' }],
    active: true,
  },
  {
    id: 's-sofie',
    username: 'sofi6603',
    name: 'Sofie Lind',
    roles: [{ institutionId: 'soendervang', role: 'teacher' }],
    active: true,
  },
]

const teaching = [
  { staffId: 's-lone', classId: 'birkeskolen-2a' },
  { staffId: 's-lone', classId: 'birkeskolen-4b' },
  { staffId: 's-lone', classId: 'birkeskolen-tysk-8' },
  { staffId: 's-bodil', classId: 'birkeskolen-7a' },
  { staffId: 's-mads', classId: 'birkeskolen-2a' },
  { staffId: 's-mads', classId: 'birkeskolen-2b' },
  { staffId: 's-sofie', classId: 'soendervang-2a' },
]

const classIdOf = (schoolId: string, name: string) => `${schoolId}-${name.toLowerCase().replace('.', '')}`

/** Who has just moved up has the password of the stage before. */
function passwordOf(pupil: Pupil): PupilPassword[] {
  if (pupil.signInKind === 'local' || pupil.passwordSetAt === null) return []
  const policy = pupil.movedUpAt === null ? policyOf(pupil) : policyOfYear(pupil.year - 1)
  return [{ pupilId: pupil.id, policy, hash: demoPasswords[policy].hash, setAt: pupil.passwordSetAt }]
}

/** The demo schools as they stand at `now`, with Emil waiting for a step-up. */
export function demoSchools(now: Instant, schoolPlans: readonly SchoolPlan[] = plans): SchoolData {
  const random = seededRandom(2026)
  const pick = <T>(list: readonly T[]): T => {
    const picked = list[Math.floor(random() * list.length)]
    if (picked === undefined) throw new Error('nothing to pick from')
    return picked
  }
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1))
  const usernames = new Set(Object.values(namedPupils(now)).flatMap((named) => named.map((p) => p.username)))
  const names = new Set(Object.values(namedPupils(now)).flatMap((named) => named.map((p) => p.name)))

  const classes: SchoolClass[] = []
  const pupils: Pupil[] = []
  const enrolments: SchoolData['enrolments'] = []

  const newId = () => {
    const digits = '23456789abcdefghjkmnpqrstvwxyz'
    return `p-${Array.from({ length: 8 }, () => pick([...digits])).join('')}`
  }
  const newName = (givenInClass: Set<string>): string => {
    const given = pick(givenNames)
    const name = `${given} ${pick(familyNames)}`
    if (names.has(name) || givenInClass.has(given)) return newName(givenInClass)
    names.add(name)
    givenInClass.add(given)
    return name
  }
  const newUsername = (name: string): string => {
    const username = `${asciiLetters(name).padEnd(4, 'x').slice(0, 4)}${between(1000, 9999)}`
    if (usernames.has(username)) return newUsername(name)
    usernames.add(username)
    return username
  }

  for (const plan of schoolPlans) {
    for (const className of plan.classes) {
      const id = classIdOf(plan.id, className)
      const year = Number.parseInt(className, 10)
      classes.push({ id, institutionId: plan.id, kind: 'class', name: className, year })
      const named = namedPupils(now)[id] ?? []
      const size = between(...plan.size)
      const givenInClass = new Set<string>()
      for (let place = 0; place < size; place++) {
        const known = named[place]
        const name = known?.name ?? newName(givenInClass)
        const pupil: Pupil = {
          id: newId(),
          username: known?.username ?? newUsername(name),
          name,
          alias: null,
          year,
          signInKind: 'unilogin',
          policyOverride: null,
          policyNote: null,
          passwordSetAt: now - days(between(40, 200)),
          movedUpAt: null,
          block: null,
          active: true,
          ...known,
        }
        pupils.push(pupil)
        enrolments.push({ pupilId: pupil.id, classId: id })
      }
    }
  }

  classes.push({
    id: 'birkeskolen-tysk-8',
    institutionId: 'birkeskolen',
    kind: 'group',
    name: 'Tysk 8',
    year: null,
  })
  for (const classId of ['birkeskolen-8a', 'birkeskolen-8b']) {
    const inClass = enrolments.filter((enrolment) => enrolment.classId === classId).slice(0, GERMAN_PER_CLASS)
    enrolments.push(...inClass.map(({ pupilId }) => ({ pupilId, classId: 'birkeskolen-tysk-8' })))
  }

  const emil = pupils.find((pupil) => pupil.username === 'emil2015')
  return {
    institutions: schoolPlans.map(({ id, name, localLoginDomain }) => ({ id, name, localLoginDomain })),
    classes,
    staff,
    pupils,
    teaching,
    enrolments,
    registrations: [],
    passwords: pupils.flatMap(passwordOf),
    resetWindows: [],
    stepUps: [],
    stepUpRequests: emil
      ? [
          {
            id: 'r-emil',
            pupilId: emil.id,
            service: 'aula',
            checkCode: '47',
            requestedAt: now - seconds(12),
            outcome: null,
          },
        ]
      : [],
  }
}
