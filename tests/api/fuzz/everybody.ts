import { minutes } from '../../../server/time'
import { MORNING, type Person, type SchoolUnderTest } from '../school-under-test'

/** Everybody who asks: each role, in each view, with a second factor that is fresh, old and missing. */
export const everybody = [
  'nobody',
  'a made-up session',
  'a teacher',
  'a teacher without classes',
  'a teacher of another school',
  "a teacher in an administrator's view",
  'an administrator',
  'an administrator with an old second factor',
  'an administrator without a second factor',
  'an administrator in the view of a teacher',
  'both, as a teacher',
  'both, as an administrator of another school',
  'a pupil',
  'a pupil who is stepped up',
  'a pupil who is to set a new password',
  'a pupil who took a window',
] as const
export type Who = (typeof everybody)[number]

/** Whose routes those below /api/pupil are. */
export const pupils = everybody.filter((who) => who.startsWith('a pupil'))

/** Has everybody come in, each in a session of their own. */
export async function allOf(school: SchoolUnderTest): Promise<Map<Who, Person | undefined>> {
  const startedAt = MORNING - minutes(40)
  const inSchool = async (staffId: string, secondFactorAt: number | null, view: string): Promise<Person> => ({
    ...(await school.plantSession({ staffId, secondFactorAt, startedAt })),
    school: view,
  })
  const lone = await school.signIn('lone4821')
  const forPupil = (username: string) => ({ as: lone, body: { pupilIds: [school.id(username)] } })
  await school.call('POST /api/pupils/password-resets', forPupil('dict2014'))
  const asta = await school.signInAsPupil('asta2011')
  await school.call('POST /api/pupils/step-ups', forPupil('asta2011'))
  const waitsForCode = await inSchool('s-kent', null, 'birkeskolen')
  await school.call('POST /api/session/second-factor/codes', { as: waitsForCode })
  return new Map<Who, Person | undefined>([
    ['nobody', undefined],
    ['a made-up session', { token: 'f'.repeat(64), ref: 'f'.repeat(16) }],
    ['a teacher', lone],
    ['a teacher without classes', await school.signIn('omar7310')],
    ['a teacher of another school', await school.signIn('sofi6603')],
    ["a teacher in an administrator's view", await inSchool('s-mads', MORNING, 'birkeskolen')],
    ['an administrator', await inSchool('s-kent', MORNING, 'birkeskolen')],
    [
      'an administrator with an old second factor',
      await inSchool('s-kent', MORNING - minutes(31), 'birkeskolen'),
    ],
    ['an administrator without a second factor', waitsForCode],
    [
      'an administrator in the view of a teacher',
      await school.plantSession({ staffId: 's-kent', secondFactorAt: MORNING, startedAt }),
    ],
    ['both, as a teacher', await school.signIn('bodi2259')],
    ['both, as an administrator of another school', await inSchool('s-bodil', MORNING, 'soendervang')],
    ['a pupil', await school.signInAsPupil('emil2015')],
    ['a pupil who is stepped up', asta],
    ['a pupil who is to set a new password', await school.signInAsPupil('frej4011')],
    ['a pupil who took a window', await school.takeWindow('dict2014')],
  ])
}
