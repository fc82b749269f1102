import type { Pupil } from '../../api/pupil-cache'
import type { AnswerId } from './answers'

/** What a pupil may see, as the answer that tells of it is called; the most frequent first. */
export const sights = [
  'forkert-adgangskode',
  'brugernavn-ikke-fundet',
  'fire-billeder-virker-ikke',
  'skal-bruge-to-faktor',
  'ny-brugers-adgangskode',
  'tiden-loeb-ud',
  'skal-skifte-adgangskode',
  'adgangen-er-spaerret',
  'ingen-adgang-til-indhold',
  'ikke-tilknyttet',
  'ingen-aktoerer',
  'identity-provider',
] as const satisfies readonly AnswerId[]
export type Sight = (typeof sights)[number]

const known: ReadonlySet<string> = new Set(sights)
export const isSight = (name: string): name is Sight => known.has(name)

/** What is known of the pupil and changes what helps. */
export interface Situation {
  /** null: nobody has named the pupil, so it may be. */
  blocked: boolean | null
  localLogin: boolean
  neverSignedIn: boolean
  windowOpen: boolean
  waiting: boolean
  steppedUp: boolean
  /** Why the kind of password may be another than the pupil is used to. */
  otherKind: 'movedUp' | 'ownPolicy' | null
}

/** What can be told of a pupil whom nobody has named. */
export const unknownPupil: Situation = {
  blocked: null,
  localLogin: false,
  neverSignedIn: false,
  windowOpen: false,
  waiting: false,
  steppedUp: false,
  otherKind: null,
}

export const situationOf = ({ status, policyOverridden }: Pupil): Situation => ({
  blocked: status.block !== null,
  localLogin: status.localLogin,
  neverSignedIn: status.neverSignedIn,
  windowOpen: status.resetWindow?.state === 'open',
  waiting: status.stepUpRequest !== null,
  steppedUp: status.stepUp !== null,
  otherKind: policyOverridden ? 'ownPolicy' : status.mustChange?.because === 'movedUp' ? 'movedUp' : null,
})

/** What can be tried, the least powerful first: what only shows, what changes the password, what opens doors. */
export const fixes = [
  'showUsername',
  'withoutDomain',
  'useOldPassword',
  'useWindow',
  'newPassword',
  'openAgain',
  'approve',
  'stepUp',
  'askLocalLogin',
  'checkSystem',
  'askSupplier',
  'unblock',
] as const
export type Fix = (typeof fixes)[number]

/** Whether it is asked where the pupil signs in, when nobody has named the pupil: it decides what helps. */
export const dependsOnLogin = (sight: Sight): boolean =>
  fixesFor(sight, { ...unknownPupil, localLogin: true })[0] === 'askLocalLogin'

/** What to try for this pupil who sees this, one after the other. Never empty. */
export function planFor(sight: Sight, situation: Situation): Fix[] {
  // As long as the block holds, nothing else helps.
  if (situation.blocked) return ['unblock']
  return fixesFor(sight, situation)
}

function fixesFor(sight: Sight, situation: Situation): Fix[] {
  switch (sight) {
    case 'brugernavn-ikke-fundet':
      return situation.localLogin ? ['askLocalLogin'] : ['showUsername', 'checkSystem']
    case 'forkert-adgangskode':
    case 'fire-billeder-virker-ikke':
    case 'ny-brugers-adgangskode':
      return toANewPassword(situation, situation.neverSignedIn ? [] : ['showUsername'])
    case 'tiden-loeb-ud':
      return toANewPassword(situation, [])
    // What looks like a block and often is none: too many wrong tries, which a new password forgets.
    case 'adgangen-er-spaerret':
      return [...toANewPassword(situation, []), ...(situation.blocked === null ? (['unblock'] as const) : [])]
    case 'skal-skifte-adgangskode':
      return toANewPassword(situation, ['useOldPassword'])
    case 'skal-bruge-to-faktor':
    case 'ingen-adgang-til-indhold':
      if (situation.steppedUp) return ['openAgain', 'askSupplier']
      return [situation.waiting ? 'approve' : 'stepUp', 'askSupplier']
    case 'ikke-tilknyttet':
    case 'ingen-aktoerer':
      return ['checkSystem']
    case 'identity-provider':
      return situation.localLogin ? ['askLocalLogin'] : ['withoutDomain', 'askLocalLogin']
  }
}

/** The way to a new password, which exists only in Unilogin itself; a window that is open already comes before another. */
function toANewPassword({ localLogin, windowOpen }: Situation, first: readonly Fix[]): Fix[] {
  if (localLogin) return ['askLocalLogin']
  return windowOpen ? ['useWindow', 'newPassword'] : [...first, 'newPassword']
}

const puzzledByOtherKind: readonly Sight[] = [
  'forkert-adgangskode',
  'fire-billeder-virker-ikke',
  'skal-skifte-adgangskode',
]

/** Why to tell that the pupil's kind of password may be another than before; null where it puzzles nobody. */
export const otherKindToTell = (sight: Sight, { otherKind, localLogin, blocked }: Situation) =>
  localLogin || blocked || !puzzledByOtherKind.includes(sight) ? null : otherKind

/** What to do if it keeps happening, by what it is about. */
export type Lasting = 'username' | 'password' | 'stepUp' | 'system'

export function lastingOf(sight: Sight): Lasting {
  switch (sight) {
    case 'brugernavn-ikke-fundet':
      return 'username'
    case 'skal-bruge-to-faktor':
    case 'ingen-adgang-til-indhold':
      return 'stepUp'
    case 'ikke-tilknyttet':
    case 'ingen-aktoerer':
    case 'identity-provider':
      return 'system'
    case 'forkert-adgangskode':
    case 'fire-billeder-virker-ikke':
    case 'ny-brugers-adgangskode':
    case 'tiden-loeb-ud':
    case 'adgangen-er-spaerret':
    case 'skal-skifte-adgangskode':
      return 'password'
  }
}
