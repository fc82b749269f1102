import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dependsOnLogin,
  fixes,
  otherKindToTell,
  planFor,
  type Situation,
  sights,
  unknownPupil,
} from '../../src/features/help/guide'

const when = (known: Partial<Situation>): Situation => ({ ...unknownPupil, ...known })

const anySight = fc.constantFrom(...sights)
const anySituation = fc.record({
  blocked: fc.option(fc.boolean()),
  localLogin: fc.boolean(),
  neverSignedIn: fc.boolean(),
  windowOpen: fc.boolean(),
  waiting: fc.boolean(),
  steppedUp: fc.boolean(),
  otherKind: fc.constantFrom('movedUp', 'ownPolicy', null),
})
const always = (holds: (plan: ReturnType<typeof planFor>, situation: Situation) => void) =>
  fc.assert(
    fc.property(anySight, anySituation, (sight, situation) => holds(planFor(sight, situation), situation)),
  )

describe('what helps', () => {
  test.each([
    ['forkert-adgangskode', {}, ['showUsername', 'newPassword']],
    ['forkert-adgangskode', { windowOpen: true }, ['useWindow', 'newPassword']],
    ['forkert-adgangskode', { neverSignedIn: true }, ['newPassword']],
    ['forkert-adgangskode', { localLogin: true }, ['askLocalLogin']],
    ['fire-billeder-virker-ikke', {}, ['showUsername', 'newPassword']],
    ['brugernavn-ikke-fundet', {}, ['showUsername', 'checkSystem']],
    ['brugernavn-ikke-fundet', { localLogin: true }, ['askLocalLogin']],
    ['ny-brugers-adgangskode', { neverSignedIn: true }, ['newPassword']],
    ['tiden-loeb-ud', {}, ['newPassword']],
    ['tiden-loeb-ud', { windowOpen: true }, ['useWindow', 'newPassword']],
    ['skal-skifte-adgangskode', {}, ['useOldPassword', 'newPassword']],
    ['skal-bruge-to-faktor', {}, ['stepUp', 'askSupplier']],
    ['skal-bruge-to-faktor', { waiting: true }, ['approve', 'askSupplier']],
    ['skal-bruge-to-faktor', { steppedUp: true }, ['openAgain', 'askSupplier']],
    ['skal-bruge-to-faktor', { localLogin: true }, ['stepUp', 'askSupplier']],
    ['ingen-adgang-til-indhold', {}, ['stepUp', 'askSupplier']],
    ['adgangen-er-spaerret', { blocked: false }, ['newPassword']],
    ['adgangen-er-spaerret', {}, ['newPassword', 'unblock']],
    ['adgangen-er-spaerret', { blocked: true }, ['unblock']],
    ['ikke-tilknyttet', {}, ['checkSystem']],
    ['ingen-aktoerer', {}, ['checkSystem']],
    ['identity-provider', {}, ['withoutDomain', 'askLocalLogin']],
    ['identity-provider', { localLogin: true }, ['askLocalLogin']],
  ] as const)('%s, %o', (sight, known, plan) => expect(planFor(sight, when(known))).toEqual(plan))

  test('there is always something to do, the least powerful first, and nothing twice', () => {
    always((plan) => {
      expect(plan.length).toBeGreaterThan(0)
      const power = plan.map((fix) => fixes.indexOf(fix))
      expect(power).toEqual([...new Set(power)].toSorted((a, b) => a - b))
    })
  })

  test('a block comes before all else', () => {
    always((plan, { blocked }) => {
      if (blocked === false) expect(plan).not.toContain('unblock')
      if (blocked) expect(plan).toEqual(['unblock'])
    })
  })

  test('a new password is offered only where the API would give one', () => {
    always((plan, { localLogin, blocked }) => {
      if (localLogin || blocked) expect(plan).not.toContain('newPassword')
    })
  })

  test('nobody who has the higher level is given it, and who waits is answered', () => {
    always((plan, { steppedUp, waiting }) => {
      if (steppedUp || waiting) expect(plan).not.toContain('stepUp')
      if (plan.includes('approve')) expect(waiting).toBe(true)
    })
  })
})

test('the login is asked about only where it changes what helps', () => {
  expect(sights.filter((sight) => !dependsOnLogin(sight))).toEqual([
    'skal-bruge-to-faktor',
    'ingen-adgang-til-indhold',
    'ikke-tilknyttet',
    'ingen-aktoerer',
  ])
})

test('another kind of password is told of where it may be what puzzles the pupil', () => {
  const told = (sight: Parameters<typeof otherKindToTell>[0], known: Partial<Situation>) =>
    otherKindToTell(sight, when(known))
  expect(told('fire-billeder-virker-ikke', { otherKind: 'movedUp' })).toBe('movedUp')
  expect(told('forkert-adgangskode', { otherKind: 'ownPolicy' })).toBe('ownPolicy')
  expect(told('fire-billeder-virker-ikke', {})).toBeNull()
  expect(told('fire-billeder-virker-ikke', { otherKind: 'movedUp', blocked: true })).toBeNull()
  expect(told('fire-billeder-virker-ikke', { otherKind: 'movedUp', localLogin: true })).toBeNull()
  expect(told('skal-bruge-to-faktor', { otherKind: 'movedUp' })).toBeNull()
})
