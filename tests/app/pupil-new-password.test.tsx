import { screen } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { describe, expect, test } from 'vitest'
import { demoPasswords } from '../../mocks/demo-passwords'
import { server } from '../../mocks/node'
import { days } from '../../server/time'
import { problem } from './problems'
import { chosen, problems, pupilDa, pupilEn, renderPupil } from './pupil-verbs'
import { minutes, passTime, seconds, streamsEnd, until } from './time'
import { announced, focus, heading, pageText, textOf } from './verbs'
import { fill } from './words'

const t = pupilDa
const n = pupilDa.newPassword

type Situation = Parameters<typeof renderPupil>[0]

/** A pupil whose teacher has just given a new password, at the page that shows it. */
async function inWindow(
  username: string,
  name: string,
  teacher: 'lone4821' | 'bodi2259' = 'lone4821',
  situation?: Situation,
) {
  const app = await renderPupil(situation)
  await (await app.colleague(teacher)).givesNewPassword(name)
  await app.giveUsername(username)
  return app
}

const shownPictures = () =>
  screen
    .getAllByRole('listitem')
    .map((item) => textOf(item.lastElementChild))
    .filter((name) => name !== '')

const shownPassword = () => textOf(document.querySelector('.pupil-password'))

const storedFor = (app: Awaited<ReturnType<typeof renderPupil>>, name: string) =>
  app.school.store.snapshot().passwords.filter(({ pupilId }) => pupilId === app.pupil(name).id)
const windowOf = (app: Awaited<ReturnType<typeof renderPupil>>, name: string) =>
  app.school.store.snapshot().resetWindows.find(({ pupilId }) => pupilId === app.pupil(name).id)

describe('four new pictures in the window', () => {
  test('the username alone is enough; shown, hidden, given from memory', async () => {
    const app = await inWindow('asta2011', 'Asta Holm')
    await until(() => heading(n.picturesTitle))
    expect(focus()).toBe(n.picturesTitle)
    const pictures = shownPictures()
    expect(pictures).toHaveLength(4)
    expect(windowOf(app, 'Asta Holm')?.usedAt).toBeNull()

    await app.press(n.rememberedPictures)
    heading(n.rememberPicturesTitle)
    expect(chosen()).toEqual(['1: tom', '2: tom', '3: tom', '4: tom'])
    await app.pick(...pictures)
    await app.press(n.done)
    app.atStart('Asta')
    expect(announced()).toContain(n.saved)
    expect(windowOf(app, 'Asta Holm')?.usedAt).not.toBeNull()

    await app.press(t.signOut)
    await app.giveUsername('asta2011')
    await app.pick(...pictures)
    await app.press(t.signIn)
    app.atStart('Asta')
  })

  test('wrong: another look at the same pictures, as often as it takes', async () => {
    const app = await inWindow('asta2011', 'Asta Holm')
    await until(() => heading(n.picturesTitle))
    const pictures = shownPictures()
    const before = storedFor(app, 'Asta Holm').length
    for (const _ of [1, 2]) {
      await app.press(n.rememberedPictures)
      await app.pick(...pictures.toReversed())
      await app.press(n.done)
      await until(() => heading(n.picturesTitle))
      expect(problems()).toBe(n.wrong)
      expect(shownPictures()).toEqual(pictures)
      expect(focus()).toBe(n.picturesTitle)
    }
    expect(storedFor(app, 'Asta Holm')).toHaveLength(before)
    await app.press(n.rememberedPictures)
    await app.pick(...pictures)
    await app.press(n.done)
    app.atStart('Asta')
  })

  test('can be looked at again, unasked', async () => {
    const app = await inWindow('asta2011', 'Asta Holm')
    await until(() => heading(n.picturesTitle))
    const pictures = shownPictures()
    await app.press(n.rememberedPictures)
    await app.press(n.lookAgainPictures)
    expect(shownPictures()).toEqual(pictures)
  })

  test('indskoling may not choose; the way to words is told', async () => {
    await inWindow('asta2011', 'Asta Holm')
    await until(() => heading(n.picturesTitle))
    expect(screen.queryByRole('button', { name: n.own })).toBeNull()
    expect(pageText()).toContain(t.wordsInstead)
  })

  test('left in the middle, the old pictures still hold', async () => {
    const app = await inWindow('asta2011', 'Asta Holm')
    await until(() => heading(n.picturesTitle))
    await app.press(t.signOut)
    await app.signInByPictures('asta2011')
    app.atStart('Asta')
  })

  test('after 5:00 the username alone is not enough, and a window looks like none', async () => {
    const app = await renderPupil()
    await (await app.colleague('lone4821')).givesNewPassword('Asta Holm')
    await passTime(minutes(5))
    await app.giveUsername('asta2011')
    heading(t.picturesTitle)
  })

  test('taken in time, it may be finished after 5:00', async () => {
    const app = await renderPupil()
    await (await app.colleague('lone4821')).givesNewPassword('Asta Holm')
    await passTime(minutes(5) - seconds(1))
    await app.giveUsername('asta2011')
    await until(() => heading(n.picturesTitle))
    await passTime(minutes(3))
    const pictures = shownPictures()
    await app.press(n.rememberedPictures)
    await app.pick(...pictures)
    await app.press(n.done)
    app.atStart('Asta')
  })

  test('taken back by the teacher: the pupil is told to sign in again', async () => {
    const app = await renderPupil()
    const teacher = await app.colleague('lone4821')
    await teacher.givesNewPassword('Asta Holm')
    await app.giveUsername('asta2011')
    await until(() => heading(n.picturesTitle))
    await teacher.undoesNewPassword('Asta Holm')
    // The stream ends with the session, and coming back to it tells why.
    await streamsEnd()
    await passTime(seconds(3))
    await until(() => heading(t.signInTitle))
    expect(pageText()).toContain(t.sessionEnded)
  })

  test('without an answer: said, and tried again', async () => {
    server.use(http.post('*/api/pupil/new-password/suggestion', () => problem('unexpected'), { once: true }))
    const app = await renderPupil()
    await (await app.colleague('lone4821')).givesNewPassword('Asta Holm')
    server.use(http.post('*/api/pupil/new-password/suggestion', () => problem('unexpected'), { once: true }))
    await app.giveUsername('asta2011')
    await until(() => expect(problems()).toContain(t.error.unexpected))
    await app.press(t.tryAgain)
    await until(() => heading(n.picturesTitle))
  })

  test('in English', async () => {
    const app = await inWindow('asta2011', 'Asta Holm', 'lone4821', { language: 'en' })
    await until(() => heading(pupilEn.newPassword.picturesTitle))
    await app.press(pupilEn.newPassword.rememberedPictures)
    heading(pupilEn.newPassword.rememberPicturesTitle)
  })
})

describe('a new password in letters', () => {
  const atLook = async () => {
    const app = await inWindow('hann8011', 'Hannah Al-Amin')
    await until(() => heading(n.title))
    return app
  }

  test('assigned: shown, hidden, typed again, and a password manager may keep it', async () => {
    const app = await atLook()
    const password = shownPassword()
    expect(password).toMatch(/^[A-Z][a-z]+[A-Z][a-z]+\d\d$/)
    await app.press(n.remembered)
    heading(n.rememberTitle)
    expect(pageText()).not.toContain(password)
    expect(focus()).toBe(n.ownLabel)
    expect(app.field(n.ownLabel).autocomplete).toBe('new-password')
    expect(document.querySelector<HTMLInputElement>('input[autocomplete=username]')?.value).toBe('hann8011')
    await app.user.paste(password)
    await app.press(n.done)
    app.atStart('Hannah')
    await app.press(t.signOut)
    await app.signInByText('hann8011', password)
    app.atStart('Hannah')
  })

  test('another may be asked for', async () => {
    const app = await atLook()
    const first = shownPassword()
    await app.press(n.another)
    await until(() => expect(shownPassword()).not.toBe(first))
    const second = shownPassword()
    await app.press(n.remembered)
    await app.user.keyboard(first)
    await app.press(n.done)
    await until(() => expect(problems()).toBe(n.wrong))
    expect(shownPassword()).toBe(second)
  })

  test('what is typed can be shown', async () => {
    const app = await atLook()
    await app.press(n.remembered)
    expect(app.field(n.ownLabel).type).toBe('password')
    await app.press(n.show)
    expect(app.field(n.ownLabel).type).toBe('text')
    await app.press(n.hide)
    expect(app.field(n.ownLabel).type).toBe('password')
  })

  test('nothing typed: told at the field', async () => {
    const app = await atLook()
    await app.press(n.remembered)
    await app.press(n.done)
    expect(pageText()).toContain(t.error.passwordMissing)
    expect(focus()).toBe(n.ownLabel)
  })
})

describe('a password of own', () => {
  const atOwn = async () => {
    const app = await inWindow('hann8011', 'Hannah Al-Amin')
    await until(() => heading(n.title))
    await app.press(n.own)
    heading(n.ownTitle)
    expect(focus()).toBe(n.ownLabel)
    return app
  }
  const type = async (app: Awaited<ReturnType<typeof atOwn>>, password: string) => {
    await app.user.clear(app.field(n.ownLabel))
    await app.user.type(app.field(n.ownLabel), password)
    await passTime(seconds(0.4))
  }

  test('each broken rule is named while typing, and then that it is good', async () => {
    const app = await atOwn()
    await type(app, 'hannah')
    for (const words of [
      n.broken.too_short,
      n.broken.needs_upper_case,
      n.broken.needs_digits,
      n.broken.holds_name,
    ])
      expect(announced()).toContain(words)
    await type(app, 'SommerBord42')
    expect(announced()).toContain(n.broken.holds_season)
    expect(announced()).not.toContain(n.broken.too_short)
    await type(app, 'KagePlan4711')
    expect(announced()).toContain(n.ownGood)
  })

  test('is typed again from memory, and then is the password', async () => {
    const app = await atOwn()
    await type(app, 'KagePlan4711')
    await app.press(t.next)
    heading(n.rememberTitle)
    await app.user.type(app.field(n.ownLabel), 'KagePlan')
    await app.press(n.done)
    expect(pageText()).toContain(n.wrongOwn)
    await app.user.type(app.field(n.ownLabel), '4711')
    await app.press(n.done)
    app.atStart('Hannah')
    await app.press(t.signOut)
    await app.signInByText('hann8011', 'KagePlan4711')
    app.atStart('Hannah')
  })

  test('with a broken rule goes no further', async () => {
    const app = await atOwn()
    await app.user.type(app.field(n.ownLabel), 'Kort1')
    await app.press(t.next)
    heading(n.ownTitle)
    expect(announced()).toContain(n.broken.too_short)
    expect(focus()).toBe(n.ownLabel)
  })

  test('one of the last five is refused when it is set', async () => {
    const app = await atOwn()
    const { password } = demoPasswords.udskoling
    await type(app, password)
    await app.press(t.next)
    await app.user.type(app.field(n.ownLabel), password)
    await app.press(n.done)
    await until(() => heading(n.ownTitle))
    expect(announced()).toContain(n.broken.used_before)
  })

  test('the way back to one that is given', async () => {
    const app = await atOwn()
    await app.press(n.suggested)
    await until(() => heading(n.title))
    expect(shownPassword()).not.toBe('')
  })

  test('a rule that the server alone names is worded, too', async () => {
    const app = await atOwn()
    server.use(
      http.post('*/api/pupil/new-password/check', () => HttpResponse.json({ broken: ['too_common'] })),
    )
    await type(app, 'KagePlan4711')
    expect(announced()).toContain(n.broken.too_common)
  })
})

describe('a change that is due', () => {
  const hannah = (daysLeft: number): Situation => ({
    school: (school, now) => ({
      ...school,
      pupils: school.pupils.map((pupil) =>
        pupil.username === 'hann8011' ? { ...pupil, passwordSetAt: now - days(365 - daysLeft) } : pupil,
      ),
    }),
  })
  const signInAsHannah = async (situation?: Situation) => {
    const app = await renderPupil(situation)
    await app.signInByText('hann8011', demoPasswords.udskoling.password)
    heading(t.mustChange.title)
    return app
  }

  test('is told with its reason and day, and can wait; the start page reminds', async () => {
    const app = await signInAsHannah()
    expect(pageText()).toContain(t.mustChange.yearly)
    expect(pageText()).toContain(fill(t.mustChange.by, { date: '2. december' }))
    await app.press(t.mustChange.later)
    app.atStart('Hannah')
    expect(pageText()).toContain(fill(t.mustChange.reminder, { date: '2. december' }))
    await app.press(t.mustChange.now)
    await until(() => heading(n.title))
    await app.press(t.back)
    app.atStart('Hannah')
  })

  test('taken at once leads through the same steps', async () => {
    const app = await signInAsHannah()
    await app.press(t.mustChange.now)
    await until(() => heading(n.title))
    const password = shownPassword()
    await app.press(n.remembered)
    await app.user.keyboard(password)
    await app.press(n.done)
    app.atStart('Hannah')
    expect(screen.queryByRole('button', { name: t.mustChange.now })).toBeNull()
  })

  test('on the last day cannot wait', async () => {
    await signInAsHannah(hannah(0.5))
    expect(pageText()).toContain(t.mustChange.lastDay)
    expect(screen.queryByRole('button', { name: t.mustChange.later })).toBeNull()
  })
})
