import { lazy } from 'react'

/**
 * In demo builds only: shows and types the pupil's password, which is known on the pupil's side of the demo alone.
 * Null in every other build, which does not even hold the code.
 */
export const DemoPassword = __MOCKS__
  ? lazy(async () => ({ default: (await import('../../mocks/pupil-side/DemoPassword')).DemoPassword }))
  : null

/** In demo builds only: remembers a password that the pupil has just set in this tab. */
export async function keepForDemo(username: string, password: string): Promise<void> {
  if (__MOCKS__) {
    const { keepPassword } = await import('../../mocks/pupil-side/kept-passwords')
    keepPassword(username, password)
  }
}
