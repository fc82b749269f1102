import type { PupilAnswer } from '../pupils/schema'
import type { PlainPupil, PupilRow } from './schema'

/** A pupil about whom there is nothing to tell. */
export const plainPupil: PlainPupil = {
  protected: false,
  policyOverridden: false,
  changeBy: null,
  status: {
    block: null,
    localLogin: false,
    neverSignedIn: false,
    mustChange: null,
    resetWindow: null,
    stepUp: null,
    stepUpRequest: null,
  },
  can: { giveNewPassword: { allowed: true }, stepUp: { allowed: true } },
}

/** What of `given` is not as in `plain`; undefined where nothing is. */
function unlike<T extends object>(given: T, plain: T): Partial<T> | undefined {
  const rest: Partial<T> = {}
  let isPlain = true
  for (const key in given) {
    if (JSON.stringify(given[key]) === JSON.stringify(plain[key])) continue
    rest[key] = given[key]
    isPlain = false
  }
  return isPlain ? undefined : rest
}

const { status: plainStatus, can: plainCan, ...plainRest } = plainPupil

/** A described pupil as a row of a long list, with nothing that goes without saying. */
export function inFewWords({ homeClass, classIds, status, can, ...pupil }: PupilAnswer): PupilRow {
  const { id, name, year, policy, ...rest } = pupil
  const isInHomeClassOnly = classIds.length === 1 && classIds[0] === homeClass?.id
  return {
    id,
    name,
    year,
    policy,
    homeClassId: homeClass?.id ?? null,
    classIds: isInHomeClassOnly ? undefined : classIds,
    ...unlike(rest, plainRest),
    status: unlike(status, plainStatus),
    can: unlike(can, plainCan),
  }
}
