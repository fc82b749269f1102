import type { School } from './school'

let school: School | undefined

/** The school behind this page, for the parts of the demo that are not the app. */
export const schoolOfPage = (): School | undefined => school

/** From now on this is the school behind this page. */
export function keepSchoolOfPage(opened: School): void {
  school = opened
}
