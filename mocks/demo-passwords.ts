import type { PasswordPolicy } from '../server/people'
import type { SchoolData } from '../server/store/memory'

/**
 * The passwords that the demo's pupils begin with, one for each policy: pictures by name. They exist on the pupils'
 * side only; what the store holds are the hashes, made once by demo-password-hash.ts.
 */
export const demoPasswords: Record<PasswordPolicy, { password: string; hash: string }> = {
  indskoling: {
    password: 'sun cat boat apple',
    hash: 'pbkdf2$1000$11111111111111111111111111111111$06a9310b140487797724181540d21b65756df3e1646050aefd5a04b5189c7c0c',
  },
  mellemtrin: {
    password: 'bordlampekop',
    hash: 'pbkdf2$1000$22222222222222222222222222222222$9dcd908a14e8bf3ea60fffff6fba7a59cee2a0c0b4dabc82a6d163d8084c581f',
  },
  udskoling: {
    password: 'SneglBord42',
    hash: 'pbkdf2$1000$33333333333333333333333333333333$f0f67fe217ca0d7452cce8c70103a1863b1a7ac71f555221d7607f03c38a7bf9',
  },
}

type PupilsAndPasswords = Pick<SchoolData, 'pupils' | 'passwords'>

/** The password of a pupil of the demo, or null where there is none or the pupil has set another. */
export function demoPasswordOf(username: string, { pupils, passwords }: PupilsAndPasswords): string | null {
  const pupil = pupils.find((each) => each.username === username)
  const latest = passwords.findLast((each) => each.pupilId === pupil?.id)
  const known = Object.values(demoPasswords).find(({ hash }) => hash === latest?.hash)
  return known?.password ?? null
}
