import type { StaffMember } from '../overview'
import type { PartProps } from './Panel'
import { signIn, signOut } from './session'
import { fill, useWords } from './words'

/** More than these would fill the panel. */
const CLASSES_NAMED = 4

/** Signs in as anybody on the staff, or out. */
export function StaffPart({ overview, run }: PartProps) {
  const { words } = useWords()
  const describe = useDescription()

  const signInAs = ({ username, name }: StaffMember) =>
    run(async () => {
      const problem = await signIn(username)
      if (problem !== null) return fill(words.signInRefused, { name, problem })
      location.assign('/mine-klasser')
      return null
    })
  const leave = () =>
    run(async () => {
      await signOut()
      location.assign('/')
      return null
    })

  return (
    <section aria-labelledby="staff">
      <h3 id="staff">{words.signInAs}</h3>
      <ul>
        {overview.staff.map((person) => (
          <li key={person.id}>
            <button type="button" className="choice" onClick={() => signInAs(person)}>
              <strong>{person.name}</strong>
              <code>{person.username}</code>
              <span>{describe(person)}</span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" onClick={leave}>
        {words.signOut}
      </button>
    </section>
  )
}

function useDescription() {
  const { words, locale } = useWords()
  const list = new Intl.ListFormat(locale)
  const number = new Intl.NumberFormat(locale)

  const classes = ({ roles, classNames }: StaffMember) => {
    if (classNames.length === 0) return roles.includes('teacher') ? words.noClasses : null
    return classNames.length > CLASSES_NAMED
      ? fill(words.manyClasses, { number: number.format(classNames.length) })
      : list.format(classNames)
  }
  return (person: StaffMember) =>
    [list.format(person.roles.map((role) => words[role])), list.format(person.schoolNames), classes(person)]
      .filter(Boolean)
      .join(' · ')
}
