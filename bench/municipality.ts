import type { Exported, ExportedPerson } from './roster-export'

/** How many pupils there are in a class, classes in a year, and schools in the largest municipality. */
const CLASS_SIZE = 24
const CLASSES_PER_YEAR = 4
const YEARS = 10
const PUPILS_PER_SCHOOL = CLASS_SIZE * CLASSES_PER_YEAR * YEARS

/** What each class is taught besides as groups of its own: each pupil is enrolled as often, and once more. */
const SUBJECTS = ['Dansk', 'Matematik', 'Engelsk', 'Idræt', 'Musik']

const givenNames = 'Ida Søren Åse Bo Eva Max Liv Kaj Ærø Zoë Noah Alma Omar Yasmin Per Lærke'.split(' ')
const familyNames = 'Holm Ærø Lund Bro Kjær Dam Riis Ask Østergaard Nguyen Said Friis Åkjær Krogh'.split(' ')

const pick = (list: readonly string[], at: number) => list[at % list.length] ?? ''

/**
 * A municipality of so many pupils in classes and groups, with a teacher for each ten.
 * @param later as exported a year later: everybody a year older, the oldest gone, new ones in the first year
 */
export function municipality(pupils: number, later = false): Exported {
  const exported: Exported = {
    schools: [],
    sessions: [{ id: 'y27', schoolYear: '2027', startDate: '2026-08-01', endDate: '2027-07-01' }],
    classes: [],
    people: [],
    enrollments: [],
  }
  const enrol = (schoolClass: string, user: string, role: string) =>
    exported.enrollments.push({ class: schoolClass, user, role })
  const schools = Math.ceil(pupils / PUPILS_PER_SCHOOL)
  let number = 0
  for (let school = 0; school < schools; school++) {
    const org = `school-${school}`
    exported.schools.push({ id: org, name: `Skole nr. ${school}` })
    const staff = Array.from({ length: PUPILS_PER_SCHOOL / 10 }, (_, at): ExportedPerson => {
      const role = at === 0 ? 'principal' : 'teacher'
      return {
        id: `t-${school}-${at}`,
        givenName: pick(givenNames, at),
        familyName: pick(familyNames, at),
        roles: [{ role, org }],
      }
    })
    exported.people.push(...staff)
    for (let place = 0; place < YEARS * CLASSES_PER_YEAR; place++) {
      const year = Math.floor(place / CLASSES_PER_YEAR)
      const title = `${year}.${pick(['A', 'B', 'C', 'D'], place)}`
      const id = `${org}-${place}`
      const grades = String(year).padStart(2, '0')
      exported.classes.push({ id, title, type: 'homeroom', school: org, grades })
      const groups = SUBJECTS.map((subject, at) => {
        exported.classes.push({
          id: `${id}-${at}`,
          title: `${subject} ${title}`,
          type: 'scheduled',
          school: org,
          grades,
        })
        return `${id}-${at}`
      })
      for (const [at, each] of [id, ...groups].entries()) {
        const teacher = staff[(place + at) % staff.length]
        if (teacher) enrol(each, teacher.id, 'teacher')
      }
      for (let seat = 0; seat < CLASS_SIZE && number < pupils; seat++) {
        number += 1
        // A year later the same seats are those of the pupils one year younger.
        const cohort = later ? place - CLASSES_PER_YEAR : place
        const user = `p-${school}-${cohort}-${seat}`
        exported.people.push({
          id: user,
          givenName: pick(givenNames, number),
          familyName: pick(familyNames, number * 7),
          roles: [{ role: 'student', org }],
          grade: grades,
        })
        for (const each of [id, ...groups]) enrol(each, user, 'student')
      }
    }
  }
  return exported
}
