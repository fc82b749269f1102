import type { SchoolClass } from '../people'

/**
 * What OneRoster's words mean here; docs/oneroster.md shows these tables, and a test holds the two together.
 * [OneRoster 1.1.1 and 1.2.1, CSV binding]
 */

/** What a role makes of a user; `byEnrollment` is staff only where an enrollment makes somebody a class's teacher. */
export type RoleMeaning = 'pupil' | 'teacher' | 'userAdministrator' | 'byEnrollment' | 'leftOut'

/** The roles of users.csv in 1.1 and of roles.csv in 1.2. */
export const roleMeanings = {
  student: 'pupil',
  teacher: 'teacher',
  administrator: 'userAdministrator',
  principal: 'userAdministrator',
  siteAdministrator: 'userAdministrator',
  aide: 'byEnrollment',
  counselor: 'byEnrollment',
  proctor: 'byEnrollment',
  districtAdministrator: 'leftOut',
  systemAdministrator: 'leftOut',
  guardian: 'leftOut',
  parent: 'leftOut',
  relative: 'leftOut',
} as const satisfies Record<string, RoleMeaning>

/** What an enrollment's role makes of a user in that class. */
export const enrollmentMeanings = {
  student: 'pupil',
  teacher: 'teacher',
  administrator: 'leftOut',
  proctor: 'leftOut',
} as const satisfies Record<string, RoleMeaning>

export const classKinds = {
  homeroom: 'class',
  scheduled: 'group',
} as const satisfies Record<string, SchoolClass['kind']>

export const orgMeanings = {
  school: 'school',
  department: 'leftOut',
  district: 'leftOut',
  local: 'leftOut',
  state: 'leftOut',
  national: 'leftOut',
} as const satisfies Record<string, 'school' | 'leftOut'>

/** `ofClass`: the year is that of the pupil's class; `leftOut`: nobody of a Danish school's 0. to 10. klasse. */
export type GradeMeaning = number | 'ofClass' | 'leftOut'

/** Grades as CEDS writes them, and as Danish systems do. A Danish 0. klasse is the kindergarten year. */
export const gradeMeanings: Readonly<Record<string, GradeMeaning>> = {
  KG: 0,
  '00': 0,
  ...Object.fromEntries(Array.from({ length: 11 }, (_, year) => [String(year), year])),
  ...Object.fromEntries(Array.from({ length: 9 }, (_, before) => [`0${before + 1}`, before + 1])),
  UG: 'ofClass',
  Other: 'ofClass',
  IT: 'leftOut',
  PR: 'leftOut',
  PK: 'leftOut',
  TK: 'leftOut',
  11: 'leftOut',
  12: 'leftOut',
  13: 'leftOut',
  PS: 'leftOut',
}

/** Words of 1.2 that somebody has added, which OneRoster marks. */
const isExtension = (word: string) => word.startsWith('ext:')

/** What a word means by this table, `extension` for words that somebody has added, null for what is no word of it. */
export function meaningOf<T>(table: Readonly<Record<string, T>>, word: string, extension: T): T | null {
  if (Object.hasOwn(table, word)) return table[word] ?? null
  return isExtension(word) ? extension : null
}
