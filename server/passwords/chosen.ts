import type { PasswordPolicy, Pupil } from '../people'

/** How long a password in text is. [source document 004] */
export const PASSWORD_MIN = 8
export const PASSWORD_MAX = 24

/** How many digits a password of udskoling has. [source document 004] */
export const DIGITS_MIN = 2

/** Fewer different characters are no password: `aaaaaaaa`, `12121212`. */
const DIFFERENT_MIN = 4

/** A shorter part of a name is in too many words. */
const NAME_PART_MIN = 3

/** The rules that a password of one's own may break, in the order they are told. */
export const chosenRules = [
  'too_short',
  'too_long',
  'odd_characters',
  'needs_lower_case',
  'needs_upper_case',
  'needs_digits',
  'too_simple',
  'holds_name',
  'holds_username',
  'holds_season',
  'too_common',
] as const
export type ChosenRule = (typeof chosenRules)[number]

/** Why a new password is refused when it is set; see password-refused. */
export const passwordRefusals = [
  ...chosenRules,
  'used_before',
  /** It is not the one that was suggested. */
  'not_remembered',
  /** The policy has changed since it was suggested: another suggestion is needed. */
  'other_policy',
  /** Pupils of this policy may not choose. */
  'must_be_assigned',
] as const
export type PasswordRefusal = (typeof passwordRefusals)[number]

const seasons = 'foraar sommer efteraar vinter spring summer autumn winter'.split(' ')

const common =
  'password passord adgangskode kodeord hemmelig qwerty asdfgh zxcvbn abcd 1234 4321 1111 0000 admin login velkommen welcome iloveyou jegelsker fodbold football minecraft fortnite roblox pokemon danmark denmark dragon monkey princess batman superman letmein unilogin elevadgang'.split(
    ' ',
  )

/** Letters that look or sound alike are the same here: `Sømmer`, `sömmer`; æ, ø and å as they are typed without them. */
const plain = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('å', 'aa')
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'oe')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')

const nameParts = (name: string) =>
  plain(name)
    .split(/[^\p{L}]+/u)
    .filter((part) => part.length >= NAME_PART_MIN)

/**
 * Which rules a password that a pupil has chosen breaks. Whether it was used before only its hash can tell.
 * [source document 004; lengths and lists of common passwords as NIST SP 800-63B has them]
 */
export function brokenRules(
  password: string,
  pupil: Pick<Pupil, 'name' | 'alias' | 'username'>,
  policy: PasswordPolicy,
): ChosenRule[] {
  const characters = [...password]
  const text = plain(password)
  const holds = (part: string) => text.includes(part)
  const isUdskoling = policy === 'udskoling'
  const broken: Record<ChosenRule, boolean> = {
    too_short: characters.length < PASSWORD_MIN,
    too_long: characters.length > PASSWORD_MAX,
    odd_characters: !/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u.test(password) || password !== password.trim(),
    needs_lower_case: isUdskoling && !/\p{Ll}/u.test(password),
    needs_upper_case: isUdskoling && !/\p{Lu}/u.test(password),
    needs_digits: isUdskoling && (password.match(/\p{Nd}/gu)?.length ?? 0) < DIGITS_MIN,
    too_simple: new Set(characters).size < DIFFERENT_MIN,
    holds_name: nameParts(`${pupil.name} ${pupil.alias ?? ''}`).some(holds),
    holds_username: holds(pupil.username),
    holds_season: seasons.some(holds),
    too_common: common.some(holds),
  }
  return chosenRules.filter((rule) => broken[rule])
}
