import { screen, within } from '@testing-library/react'
import pupilDa from '../../locales/da/pupilPages.json'
import pupilEn from '../../locales/en/pupilPages.json'
import { demoPasswords } from '../../mocks/demo-passwords'
import type { Language } from '../../src/i18n/language'
import { pupilNamed, renderApp } from './render-app'
import { settle, until } from './time'
import { heading, textOf } from './verbs'
import { fill } from './words'

export { pupilDa, pupilEn }

/** What a pupil does and sees on the pages at /elev. */

type Situation = NonNullable<Parameters<typeof renderApp>[0]>

export const PUPIL = '/elev'

/** The pictures of a demo password by the names that a child reads. */
const pictureNames = (words: typeof pupilDa) =>
  demoPasswords.indskoling.password.split(' ').map((id) => {
    const name = Object.entries(words.pictures.name).find(([key]) => key === id)?.[1]
    if (!name) throw new Error(`there is no picture ${id}`)
    return name
  })

/** Opens the pupils' pages as main.tsx does, and waits until they are here. */
export async function renderPupil(situation: Situation = {}) {
  const language: Language = situation.language ?? 'da'
  const words = language === 'da' ? pupilDa : pupilEn
  const app = await renderApp({ at: PUPIL, ...situation })
  await until(() => screen.getByRole('heading', { level: 1 }))
  const { user } = app
  const button = (name: string) => screen.getByRole('button', { name })
  const press = async (name: string) => {
    await user.click(button(name))
    await settle()
  }
  const pick = async (...names: string[]) => {
    for (const name of names) await press(name)
  }

  return {
    ...app,
    text: words,
    button,
    press,
    pick,
    field: (label: string) => screen.getByLabelText<HTMLInputElement>(label),
    async giveUsername(username: string) {
      if (username) await user.type(screen.getByLabelText(words.username), username)
      await press(words.next)
    },
    async signInByPictures(username: string) {
      await user.type(screen.getByLabelText(words.username), username)
      await press(words.next)
      await pick(...pictureNames(words))
      await press(words.signIn)
    },
    async signInByText(username: string, password: string) {
      await user.type(screen.getByLabelText(words.username), username)
      await press(words.next)
      await user.type(screen.getByLabelText(words.password), password)
      await press(words.signIn)
    },
    /** A teacher decides at another computer; the pupil's page is told. */
    async teacherDecides(decision: 'approve' | 'decline') {
      if (decision === 'approve') await (await app.colleague('mads5512')).stepsUp('Asta Holm')
      else await declineRequest(app)
      await settle()
    },
    /** The pupil does something by hand, which keeps the session from running out. */
    touchSession: () =>
      app.school.store.transaction(async (unit) => {
        for (const session of app.school.store.snapshot().pupilSessions) {
          await unit.savePupilSession({ ...session, lastActiveAt: Date.now() })
        }
      }),
    atStart: (name: string) => heading(fill(words.start.title, { name })),
  }
}

/** A teacher says no to Asta. */
async function declineRequest({ school }: Pick<Awaited<ReturnType<typeof renderApp>>, 'school'>) {
  await school.store.transaction(async (unit) => {
    const { id } = pupilNamed(school, 'Asta Holm')
    const request = (await unit.stepUpRequests([id])).get(id)
    if (!request) throw new Error('Asta has asked for nothing')
    await unit.saveStepUpRequest({ ...request, outcome: { decision: 'declined', at: Date.now() } })
  })
  // Tells everybody to look.
  await school.command({ do: 'advance', by: 0 })
}

/** The four places, each with its picture's name or that it is empty. */
export const chosen = (): string[] =>
  within(screen.getByRole('list', { name: /^(Dine billeder|Your pictures)$/ }))
    .getAllByRole('listitem')
    .map((item) => textOf(item.lastElementChild))

/** What is wrong, as it is said at once. */
export const problems = (): string =>
  screen
    .queryAllByRole('alert')
    .map((alert) => textOf(alert))
    .join(' ')
