import {
  classKinds,
  enrollmentMeanings,
  type GradeMeaning,
  gradeMeanings,
  orgMeanings,
  type RoleMeaning,
  roleMeanings,
} from './mapping'

/** The tables of docs/oneroster.md, from the very maps that an import goes by. */

const roleWords: Record<RoleMeaning, string> = {
  pupil: 'pupil',
  teacher: 'teacher',
  userAdministrator: 'user administrator',
  byEnrollment: 'teacher where enrolled as one, else left out',
  leftOut: 'left out',
}

const gradeWord = (meaning: GradeMeaning) => {
  if (meaning === 'ofClass') return 'the year of the pupil’s class'
  return meaning === 'leftOut' ? 'left out' : `${meaning}. klasse`
}

/** One line for each meaning, its words together. */
function table<T>(head: string, words: Readonly<Record<string, T>>, tell: (meaning: T) => string): string {
  const byMeaning = new Map<string, string[]>()
  for (const [word, meaning] of Object.entries(words)) {
    const told = tell(meaning)
    byMeaning.set(told, [...(byMeaning.get(told) ?? []), `\`${word}\``])
  }
  const rows = [...byMeaning].map(([told, of]) => `| ${of.join(', ')} | ${told} |`)
  return [`| ${head} | here |`, '| --- | --- |', ...rows].join('\n')
}

export const docTables: readonly string[] = [
  table('role of a user', roleMeanings, (meaning) => roleWords[meaning]),
  table('role in an enrollment', enrollmentMeanings, (meaning) => roleWords[meaning]),
  table('classType', classKinds, (kind) => (kind === 'class' ? 'class (klasse)' : 'group (hold)')),
  table('type of an organisation', orgMeanings, (meaning) => (meaning === 'school' ? 'school' : 'left out')),
  table('grade', gradeMeanings, gradeWord),
]
