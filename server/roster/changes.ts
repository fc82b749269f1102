import type { RosterChanges } from './target'

export const noChanges = (): RosterChanges => ({
  removed: { pupilIds: [], classIds: [], links: [] },
  institutions: [],
  classes: [],
  staff: [],
  newPupils: [],
  pupils: [],
  teaching: { added: [], removed: [] },
  enrolments: { added: [], removed: [] },
  registrations: { added: [], removed: [] },
  links: [],
  gonePupilIds: [],
})

/** Whether the data is already as the roster. */
export function isNothing({
  removed,
  teaching,
  enrolments,
  registrations,
  gonePupilIds,
  ...rows
}: RosterChanges): boolean {
  const { institutions, classes, staff, newPupils, pupils, links } = rows
  return [
    ...Object.values(removed),
    ...[teaching, enrolments, registrations].flatMap(({ added, removed }) => [added, removed]),
    ...[institutions, classes, staff, newPupils, pupils, links, gonePupilIds],
  ].every((each) => each.length === 0)
}
