import { fireEvent, screen, within } from '@testing-library/react'
import { http } from 'msw'
import { describe, expect, test } from 'vitest'
import { demoPasswords } from '../../mocks/demo-passwords'
import { server } from '../../mocks/node'
import { loseCalls, problem } from './problems'
import { chosen, PUPIL, problems, pupilDa, pupilEn, renderPupil } from './pupil-verbs'
import { renderApp } from './render-app'
import { minutes, passTime, seconds, settle, until } from './time'
import { announced, focus, heading, pageText, textOf } from './verbs'
import { da, fill } from './words'

const t = pupilDa
type Pupil = Awaited<ReturnType<typeof renderPupil>>
const errorOf = (field: HTMLInputElement) => {
  const described = (field.getAttribute('aria-describedby') ?? '').split(' ')
  return textOf(document.getElementById(described.find((id) => id.endsWith('-error')) ?? ''))
}

describe('the way in', () => {
  test('leads from the front page', async () => {
    const app = await renderApp()
    await app.user.click(screen.getByRole('link', { name: da.session.areYouPupil }))
    await until(() => heading(t.signInTitle))
    expect(location.pathname).toBe(PUPIL)
  })

  test('stands at /elev, in Danish and in English', async () => {
    const app = await renderPupil()
    expect(document.title).toBe('Log på – Elevadgang')
    await app.press('English')
    await until(() => heading(pupilEn.signInTitle))
    expect(document.documentElement.lang).toBe('en')
    screen.getByLabelText(pupilEn.username)
  })

  test('a teacher who is signed in here stays so, and no pupil is', async () => {
    const app = await renderPupil({ as: 'lone4821' })
    heading(t.signInTitle)
    await app.signInByPictures('asta2011')
    app.atStart('Asta')
    await app.press(t.signOut)
    expect(app.jar.staff.get()).not.toBeNull()
    expect(app.jar.pupil.get()).toBeNull()
  })
})

describe('the username', () => {
  test.each([
    ['nothing', '', t.error.usernameMissing],
    ['three digits', 'asta201', t.error.usernameMalformed],
    ['nobody', 'nobo1234', t.error.usernameNotFound],
    ['a teacher', 'lone4821', t.error.usernameNotFound],
    ['an unknown domain', 'asta@nowhere.example', t.error.domainNotFound],
  ])('%s: told at the field, which keeps its text and has the focus', async (_, typed, words) => {
    const app = await renderPupil()
    await app.giveUsername(typed)
    expect(errorOf(app.field(t.username))).toBe(words)
    expect(app.field(t.username).value).toBe(typed)
    expect(focus()).toBe(t.username)
  })

  test('may be in capitals, with spaces around it', async () => {
    const app = await renderPupil()
    await app.giveUsername(' ASTA2011 ')
    heading(t.picturesTitle)
    expect(pageText()).toContain('asta2011')
  })

  test('of a local login solution leads to its page, and back', async () => {
    const app = await renderPupil()
    await app.giveUsername('carla@birkeskolen.example')
    heading(fill(t.local.title, { domain: 'birkeskolen.example' }))
    expect(pageText()).toContain(t.local.help)
    await app.press(t.back)
    heading(t.signInTitle)
    expect(focus()).toBe(t.username)
  })

  test("is what the browser's Back leads to, and Forward to the second step again", async () => {
    const app = await renderPupil()
    await app.giveUsername('asta2011')
    heading(t.picturesTitle)
    history.back()
    await until(() => heading(t.signInTitle))
    expect(location.pathname).toBe(PUPIL)
    expect(app.field(t.username).value).toBe('asta2011')
    expect(focus()).toBe(t.username)
    expect(JSON.stringify(history.state)).not.toContain('asta')
    history.forward()
    await until(() => heading(t.picturesTitle))
    expect(JSON.stringify(history.state)).not.toContain('asta')
  })

  test("Forward leads to no step that was another username's", async () => {
    const app = await renderPupil()
    await app.giveUsername('asta2011')
    heading(t.picturesTitle)
    history.back()
    await until(() => heading(t.signInTitle))
    await app.user.clear(app.field(t.username))
    await app.user.type(app.field(t.username), 'hann8011')
    history.forward()
    await until(() => expect(JSON.stringify(history.state)).toContain('isFurther'))
    heading(t.signInTitle)
  })

  test('can be changed at the second step', async () => {
    const app = await renderPupil()
    await app.giveUsername('asta2011')
    await app.press(t.otherUsername)
    heading(t.signInTitle)
    expect(focus()).toBe(t.username)
  })
})

describe('signing in by pictures', () => {
  test('four in order, then "Log på"', async () => {
    const app = await renderPupil()
    await app.signInByPictures('asta2011')
    app.atStart('Asta')
    expect(focus()).toBe('Hej, Asta')
    expect(app.activity('signIn', 'Asta Holm')).toHaveLength(1)
  })

  test('each pick is shown and said with its place; "Slet" goes back', async () => {
    const app = await renderPupil()
    await app.giveUsername('asta2011')
    expect(chosen()).toEqual(['1: tom', '2: tom', '3: tom', '4: tom'])
    await app.pick('måne', 'kat')
    expect(chosen()).toEqual(['måne', 'kat', '3: tom', '4: tom'])
    expect(announced()).toContain('første: måne')
    expect(announced()).toContain('anden: kat')
    await app.press(t.pictures.erase)
    expect(announced()).toContain('Slettet: kat')
    expect(chosen()).toEqual(['måne', '2: tom', '3: tom', '4: tom'])
    await app.pick('måne')
    expect(announced()).toContain(fill(t.pictures.already, { picture: 'måne' }))
    await app.pick('bil', 'hat', 'sol')
    expect(chosen()).toEqual(['måne', 'bil', 'hat', 'sol'])
    await app.pick('kat')
    expect(chosen()).toEqual(['måne', 'bil', 'hat', 'sol'])
    expect(announced()).toContain(t.pictures.full)
  })

  test('the grid holds sixteen pictures, each with a name of its own', async () => {
    const app = await renderPupil()
    await app.giveUsername('asta2011')
    const grid = screen.getByRole('group', { name: t.pictures.grid })
    const names = within(grid).getAllByRole('button').map(textOf)
    expect(new Set(names).size).toBe(16)
    expect(names.toSorted()).toEqual(Object.values(t.pictures.name).toSorted())
  })

  test('by the keyboard: arrows lead through the grid as it stands, Tab through everything', async () => {
    const app = await renderPupil()
    await app.giveUsername('asta2011')
    app.button('måne').focus()
    await app.user.keyboard('{ArrowRight}')
    expect(focus()).toBe('sol')
    await app.user.keyboard('{ArrowDown}')
    expect(focus()).toBe('fugl')
    await app.user.keyboard('{ArrowLeft}{ArrowUp}')
    expect(focus()).toBe('måne')
    await app.user.keyboard('{ArrowUp}')
    expect(focus()).toBe('måne')
    await app.user.keyboard('{Enter}')
    expect(chosen()[0]).toBe('måne')
    await app.user.tab()
    expect(focus()).toBe('sol')
  })

  test('too few: says how many are missing', async () => {
    const app = await renderPupil()
    await app.giveUsername('asta2011')
    await app.pick('måne', 'kat', 'sol')
    await app.press(t.signIn)
    expect(problems()).toBe(fill(t.pictures.missing_one, { count: 1 }))
    expect(app.activity('signIn')).toEqual([])
  })

  test('wrong: said, and the places are empty again', async () => {
    const app = await renderPupil()
    await app.giveUsername('asta2011')
    await app.pick('måne', 'kat', 'sol', 'bil')
    await app.press(t.signIn)
    expect(problems()).toBe(t.error.wrongPictures)
    expect(chosen()).toEqual(['1: tom', '2: tom', '3: tom', '4: tom'])
    await app.pick('hat')
    expect(problems()).toBe('')
  })

  test('the way to help and to words stands on the page', async () => {
    const app = await renderPupil()
    await app.giveUsername('asta2011')
    expect(pageText()).toContain(t.forgottenPictures)
    expect(pageText()).toContain(t.wordsInstead)
  })

  test('ten wrong tries: a pause, and a friend behind the same address goes on', async () => {
    const app = await renderPupil()
    await app.giveUsername('asta2011')
    for (let tries = 0; tries < 10; tries++) {
      await app.pick('måne', 'kat', 'sol', 'bil')
      await app.press(t.signIn)
    }
    await app.pick('måne', 'kat', 'sol', 'bil')
    await app.press(t.signIn)
    expect(problems()).toBe(fill(t.error.pause, { wait: '15 minutter' }))
    await app.press(t.otherUsername)
    await app.user.clear(app.field(t.username))
    await app.signInByPictures('emil2015')
    app.atStart('Emil')
  })

  test('in English', async () => {
    const app = await renderPupil({ language: 'en' })
    await app.giveUsername('asta2011')
    await app.pick('moon')
    expect(announced()).toContain('first: moon')
    expect(chosen()[0]).toBe('moon')
  })
})

describe('signing in by a password of letters', () => {
  test('which a password manager may fill in and keep', async () => {
    const app = await renderPupil()
    await app.giveUsername('hann8011')
    heading(t.passwordTitle)
    expect(focus()).toBe(t.password)
    expect(app.field(t.password).autocomplete).toBe('current-password')
    await app.user.paste(demoPasswords.udskoling.password)
    await app.press(t.signIn)
    heading(t.mustChange.title)
  })

  test('wrong: told at the field; forgotten: ask your teacher', async () => {
    const app = await renderPupil()
    await app.signInByText('hann8011', 'Forkert12')
    expect(errorOf(app.field(t.password))).toBe(t.error.wrongPassword)
    expect(focus()).toBe(t.password)
    expect(pageText()).toContain(t.forgotten)
    await app.user.clear(app.field(t.password))
    await app.press(t.signIn)
    expect(errorOf(app.field(t.password))).toBe(t.error.passwordMissing)
  })

  test('only who knows the password hears of a block', async () => {
    const app = await renderPupil()
    await app.giveUsername('bert2012')
    await app.pick('måne', 'kat', 'sol', 'bil')
    await app.press(t.signIn)
    expect(problems()).toBe(t.error.wrongPictures)
    await app.press(t.otherUsername)
    await app.user.clear(app.field(t.username))
    await app.signInByPictures('bert2012')
    expect(problems()).toBe(t.error.blocked)
  })

  test('without an answer: said, and nothing is lost', async () => {
    const app = await renderPupil()
    server.use(http.post('*/api/pupil/session', () => problem('unexpected')))
    await app.signInByText('hann8011', 'Forkert12')
    expect(errorOf(app.field(t.password))).toBe(t.error.unexpected)
    expect(app.field(t.password).value).toBe('Forkert12')
  })

  test('too many at once: when to try again, and nothing is lost', async () => {
    const app = await renderPupil()
    server.use(http.post('*/api/pupil/session', () => problem('unavailable', { retryAfterSeconds: 7 })))
    await app.signInByText('hann8011', 'Forkert12')
    expect(errorOf(app.field(t.password))).toBe(fill(t.error.busy, { wait: '7 sekunder' }))
    expect(app.field(t.password).value).toBe('Forkert12')
  })
})

describe('the end of a session', () => {
  test('signing out says so, and the next pupil begins at the front', async () => {
    const app = await renderPupil()
    await app.signInByPictures('asta2011')
    await app.press(t.services.aula)
    await app.press(t.signOut)
    heading(t.signInTitle)
    expect(pageText()).toContain(t.signedOut)
    expect(pageText()).not.toContain('Asta')
    expect(location.pathname).toBe(PUPIL)
    await app.signInByPictures('emil2015')
    app.atStart('Emil')
    expect(pageText()).not.toContain(t.signedOut)
  })

  const question = () => screen.queryByRole('alertdialog')

  test('after 20 idle minutes the pupil is signed out, and told why', async () => {
    const app = await renderPupil()
    await app.signInByPictures('asta2011')
    await passTime(minutes(20) - seconds(1))
    app.atStart('Asta')
    await passTime(seconds(1))
    heading(t.signInTitle)
    expect(pageText()).toContain(t.sessionIdle)
    expect(pageText()).not.toContain('Asta')
    expect(question()).toBeNull()
    expect(focus()).toContain(t.username)
  })

  test('without a connection as well: nobody who comes by finds it open', async () => {
    const app = await renderPupil()
    await app.signInByPictures('asta2011')
    loseCalls('*/api/pupil/session', app.school, app.jar, 'before it arrived', 99)
    await passTime(minutes(20) + seconds(5))
    heading(t.signInTitle)
    expect(pageText()).not.toContain('Asta')
  })

  test('a minute before, the page asks whether anybody is there, and a press is enough', async () => {
    const app = await renderPupil()
    await app.signInByPictures('asta2011')
    await passTime(minutes(19) - seconds(1))
    expect(question()).toBeNull()
    await passTime(seconds(1))
    await until(() => expect(question()).not.toBeNull())
    expect(focus()).toBe(t.stillThere.yes)
    await app.press(t.stillThere.yes)
    expect(question()).toBeNull()
    await passTime(minutes(19) - seconds(1))
    expect(question()).toBeNull()
    app.atStart('Asta')
  })

  test.each([
    ['a press', (app: Pupil) => app.user.click(screen.getByRole('heading', { level: 1 }))],
    ['a key', (app: Pupil) => app.user.keyboard('{ArrowDown}')],
    ['a scroll', async () => void fireEvent.wheel(screen.getByRole('heading', { level: 1 }))],
  ])('who only reads is there: %s keeps the pupil signed in', async (_, sign) => {
    const app = await renderPupil()
    await app.signInByPictures('asta2011')
    for (let gone = 0; gone < 3; gone++) {
      await passTime(minutes(15))
      await sign(app)
      await settle()
    }
    await passTime(minutes(19) - seconds(1))
    app.atStart('Asta')
    expect(question()).toBeNull()
    await passTime(minutes(1) + seconds(1))
    heading(t.signInTitle)
  })

  test('the API is told at most once a minute', async () => {
    const app = await renderPupil()
    await app.signInByPictures('asta2011')
    const told = loseCalls('*/api/pupil/session/keep-alive', app.school, app.jar, 'before it arrived', 0)
    await passTime(minutes(1) - seconds(1))
    await app.user.keyboard('x')
    expect(told).toHaveLength(0)
    await passTime(seconds(1))
    for (const key of 'abc') await app.user.keyboard(key)
    await settle()
    expect(told).toHaveLength(1)
    await passTime(minutes(1))
    await app.user.keyboard('x')
    await settle()
    expect(told).toHaveLength(2)
  })

  test('a page that only waits for the teacher and hears of this and that is not there for that reason', async () => {
    const app = await renderPupil()
    await app.signInByPictures('asta2011')
    await app.press(t.services.aula)
    for (let gone = 0; gone < 4; gone++) {
      await passTime(minutes(5))
      await app.school.command({ do: 'advance', by: 0 })
      await settle()
    }
    await until(() => heading(t.signInTitle))
  })

  test('ended elsewhere: the next thing the pupil does says so', async () => {
    const app = await renderPupil()
    await app.signInByPictures('asta2011')
    app.jar.pupil.set(null)
    await app.press(t.services.aula)
    await settle()
    heading(t.signInTitle)
    expect(pageText()).toContain(t.sessionEnded)
  })

  test('a teacher who signs out in this browser does not sign the pupil out', async () => {
    const app = await renderPupil({ as: 'lone4821' })
    await app.signInByPictures('asta2011')
    await app.endSessions()
    await app.press(t.services.aula)
    heading(t.waiting.title)
  })
})
