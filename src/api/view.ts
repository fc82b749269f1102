/**
 * The view of a tab follows from its address alone: below `/skoler/<id>` one acts as user administrator of that school,
 * everywhere else as a teacher. So two tabs can show two views, and a link leads to one.
 */
export const schoolOf = (pathname: string): string | null =>
  /^\/skoler\/([A-Za-z0-9-]+)(\/|$)/.exec(pathname)?.[1] ?? null

/** What every request of a page at this address carries, so that the API acts in the same view. */
export function viewHeaders(pathname: string): Record<string, string> {
  const school = schoolOf(pathname)
  return school === null ? {} : { 'Elevadgang-School': school }
}
