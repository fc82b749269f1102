import { screen } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { describe, expect, test } from 'vitest'
import { server } from '../../mocks/node'
import { STAFF_PASSWORD } from '../../mocks/people'
import { problemStatus } from '../../server/problems'
import { expectedComplaints } from './complaints'
import { problem } from './problems'
import { CLASS_2A, CLASS_4B, MY_CLASSES, renderApp } from './render-app'
import { minutes, passTime, seconds, settle, until } from './time'
import { focus, heading, pageText, rowIsThere, textOf } from './verbs'
import { da, fill, labels } from './words'

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label)
/** What assistive technology reads with the field, and an eye above it. */
const errorOf = (label: string) => {
  const described = (field(label).getAttribute('aria-describedby') ?? '').split(' ')
  return field(label).getAttribute('aria-invalid') === 'true'
    ? textOf(document.getElementById(described.find((id) => id.endsWith('-error')) ?? ''))
    : null
}

async function atSignIn() {
  const app = await renderApp({ at: '/log-paa' })
  return {
    ...app,
    async submitUsername(username: string) {
      if (username) await app.user.type(field('Brugernavn'), username)
      await app.user.click(screen.getByRole('button', { name: 'Næste' }))
    },
    async submitPassword(password: string) {
      if (password) await app.user.type(field('Adgangskode'), password)
      await app.user.click(screen.getByRole('button', { name: 'Log på' }))
    },
  }
}

describe('signing in', () => {
  test('from the front page to my classes, by username and then password', async () => {
    const { user, activity } = await renderApp()
    heading(da.session.frontTitle)
    expect(document.title).toBe('Elevadgang')

    await user.click(screen.getByRole('button', { name: 'Log på' }))
    heading('Log på')
    expect(document.title).toBe('Log på – Elevadgang')
    expect(focus()).toBe('Brugernavn')
    expect(screen.queryByLabelText('Adgangskode')).toBeNull()

    await user.keyboard('lone4821')
    await user.click(screen.getByRole('button', { name: 'Næste' }))
    heading(da.session.passwordTitle)
    expect(focus()).toBe('Adgangskode')
    expect(pageText()).toContain('lone4821')

    await user.keyboard(STAFF_PASSWORD)
    await user.click(screen.getByRole('button', { name: 'Log på' }))
    await until(() => heading('Mine klasser'))
    expect(location.pathname).toBe(MY_CLASSES)
    expect(document.title).toBe('(1) Mine klasser – Elevadgang')
    expect(pageText()).toContain('Lone Kjær · Birkeskolen')
    expect(activity('signIn')).toHaveLength(1)
  })

  test('by the keyboard alone, with Enter', async () => {
    const { user } = await renderApp({ at: '/log-paa' })
    await user.keyboard('lone4821{Enter}')
    expect(focus()).toBe('Adgangskode')
    await user.keyboard(`${STAFF_PASSWORD}{Enter}`)
    await until(() => heading('Mine klasser'))
    expect(focus()).toBe('Mine klasser')
  })

  test('capitals and spaces around the username do not matter', async () => {
    const { submitUsername, submitPassword } = await atSignIn()
    await submitUsername('  LONE4821 ')
    await submitPassword(STAFF_PASSWORD)
    await until(() => heading('Mine klasser'))
  })

  test('keeps the password nowhere once it has been answered, right or wrong', async () => {
    const app = await renderApp({ at: '/log-paa' })
    await app.signIn('lone4821', 'Wrong-2026')
    await app.user.type(field('Adgangskode'), '!')
    await app.user.clear(field('Adgangskode'))
    await app.user.type(field('Adgangskode'), STAFF_PASSWORD)
    await app.user.click(screen.getByRole('button', { name: 'Log på' }))
    await until(() => heading('Mine klasser'))
    await passTime(seconds(1))
    const kept = app.queryClient
      .getMutationCache()
      .getAll()
      .map(({ state }) => state)
    const left =
      document.documentElement.outerHTML + JSON.stringify([kept, { ...localStorage }, history.state])
    expect(left).not.toContain(STAFF_PASSWORD)
    expect(left).not.toContain('Wrong-2026')
  })

  test('in English', async () => {
    const { user, signIn } = await renderApp({ language: 'en' })
    await user.click(screen.getByRole('button', { name: 'Sign in' }))
    await signIn('lone4821')
    await until(() => heading('My classes'))
    expect(document.title).toBe('(1) My classes – Elevadgang')
  })

  test('another username can be chosen at the second step, and the first one is still typed', async () => {
    const { user, submitUsername, submitPassword } = await atSignIn()
    await submitUsername('omar7310')
    await submitPassword('wrong')
    await user.click(screen.getByRole('button', { name: 'Skift brugernavn' }))
    heading('Log på')
    expect(focus()).toBe('Brugernavn')
    expect(field('Brugernavn').value).toBe('omar7310')
    await user.clear(field('Brugernavn'))
    await submitUsername('lone4821')
    expect(field('Adgangskode').value).toBe('')
    expect(errorOf('Adgangskode')).toBeNull()
    await submitPassword(STAFF_PASSWORD)
    await until(() => heading('Mine klasser'))
    expect(pageText()).toContain('Lone Kjær')
  })
})

describe('what can be wrong with the username', () => {
  test.each([
    ['nothing typed', '', da.session.usernameMissing],
    ['malformed', 'lone482', da.session.usernameMalformed],
    ['not found', 'nobo1234', da.session.usernameNotFound],
    ['of a pupil', 'asta2011', da.session.usernameNotFound],
    ['with an unknown domain', 'lone@skole.dk', da.session.localLoginNotFound],
  ])('%s: said at the field, which keeps its text and takes the focus', async (_, typed, words) => {
    const { submitUsername } = await atSignIn()
    await submitUsername(typed)
    expect(errorOf('Brugernavn')).toBe(words)
    expect(field('Brugernavn').value).toBe(typed)
    expect(focus()).toBe('Brugernavn')
    expect(screen.queryByLabelText('Adgangskode')).toBeNull()
  })

  test('each of the errors says something of its own', () => {
    const { usernameMissing, usernameMalformed, usernameNotFound, localLoginNotFound } = da.session
    const { wrongPassword, noRole, passwordMissing } = da.session
    const all = [
      usernameMissing,
      usernameMalformed,
      usernameNotFound,
      localLoginNotFound,
      wrongPassword,
      noRole,
      passwordMissing,
    ]
    expect(new Set(all).size).toBe(all.length)
  })

  test('the error is gone once the username is right', async () => {
    const { user, submitUsername } = await atSignIn()
    await submitUsername('lone482')
    await user.keyboard('1{Enter}')
    expect(field('Adgangskode').value).toBe('')
    expect(errorOf('Adgangskode')).toBeNull()
  })

  test('too many unknown usernames: how long to wait', async () => {
    const { submitUsername } = await atSignIn()
    server.use(
      http.post('*/api/session/username', () => problem('too-many-requests', { retryAfterSeconds: 90 })),
    )
    await submitUsername('lone4821')
    expect(errorOf('Brugernavn')).toBe(fill(da.session.tooMany, { wait: '90 sekunder' }))
  })
})

describe('what can be wrong with the password', () => {
  test.each([
    ['nothing typed', '', da.session.passwordMissing],
    ['wrong', 'Elevadgang-2025', da.session.wrongPassword],
  ])('%s: said at the field, which takes the focus', async (_, typed, words) => {
    const { submitUsername, submitPassword, activity } = await atSignIn()
    await submitUsername('lone4821')
    await submitPassword(typed)
    expect(errorOf('Adgangskode')).toBe(words)
    expect(field('Adgangskode').value).toBe(typed)
    expect(focus()).toBe('Adgangskode')
    expect(location.pathname).toBe('/log-paa')
    expect(activity('signIn').filter(({ outcome }) => outcome === 'done')).toEqual([])
  })

  test('too many tries: the wait in minutes, and after it the right one works', async () => {
    const { user, submitUsername, submitPassword } = await atSignIn()
    await submitUsername('lone4821')
    for (let tries = 0; tries < 10; tries++) {
      await submitPassword(tries === 0 ? 'wrong' : '')
      expect(errorOf('Adgangskode')).toBe(da.session.wrongPassword)
    }
    await submitPassword('')
    expect(errorOf('Adgangskode')).toBe(fill(da.session.tooMany, { wait: '15 minutter' }))

    await passTime(minutes(14))
    await user.clear(field('Adgangskode'))
    await submitPassword(STAFF_PASSWORD)
    expect(errorOf('Adgangskode')).toBe(fill(da.session.tooMany, { wait: '60 sekunder' }))

    await passTime(minutes(1))
    await submitPassword('')
    await until(() => heading('Mine klasser'))
  })

  test('nobody without a role as a teacher gets in as one', async () => {
    const { submitUsername, submitPassword, jar } = await atSignIn()
    await submitUsername('kent1904')
    await submitPassword(STAFF_PASSWORD)
    expect(errorOf('Adgangskode')).toBe(da.session.noRole)
    expect(jar.staff.get()).toBeNull()
    expect(location.pathname).toBe('/log-paa')
  })
})

describe('when the way to the server fails', () => {
  test('the server fails: what happened, and the number for support', async () => {
    const { submitUsername } = await atSignIn()
    server.use(http.post('*/api/session/username', () => problem('unexpected')))
    await submitUsername('lone4821')
    const { title, text } = da.problems.unexpected
    expect(errorOf('Brugernavn')).toBe(
      `${title}. ${text} ${fill(da.common.requestId, { requestId: 'TEST-2345' })}`,
    )
    expect(field('Brugernavn').value).toBe('lone4821')
  })

  test('no connection: said so, and the next try goes on', async () => {
    const { user, submitUsername } = await atSignIn()
    server.use(http.post('*/api/session/username', () => HttpResponse.error(), { once: true }))
    await submitUsername('lone4821')
    const { title, text } = da.problems.connection
    expect(errorOf('Brugernavn')).toBe(`${title}. ${text}`)
    expect(focus()).toBe('Brugernavn')
    await user.keyboard('{Enter}')
    expect(focus()).toBe('Adgangskode')
  })

  test.each(['unexpected', 'malformed-request', 'cross-site', 'too-large'] as const)(
    'at the password, %s: some words, never a code',
    async (type) => {
      const { submitUsername, submitPassword } = await atSignIn()
      server.use(http.post('*/api/session', () => problem(type)))
      await submitUsername('lone4821')
      await submitPassword(STAFF_PASSWORD)
      expect(errorOf('Adgangskode')).toMatch(/^[A-ZÆØÅ].+\. .+/)
      expect(errorOf('Adgangskode')).not.toContain(type)
      expect(errorOf('Adgangskode')).not.toContain(String(problemStatus[type]))
      expect(focus()).toBe('Adgangskode')
    },
  )

  test('a page instead of an answer, as from a proxy in between, is put into words too', async () => {
    const { submitUsername } = await atSignIn()
    server.use(
      http.post('*/api/session/username', () => HttpResponse.html('<h1>Bad gateway</h1>', { status: 502 })),
    )
    await submitUsername('lone4821')
    expect(errorOf('Brugernavn')).toContain(da.problems.unexpected.title)
    expect(pageText()).not.toContain('Bad gateway')
  })

  test('a double click on Næste asks once', async () => {
    const asked: string[] = []
    const { user } = await atSignIn()
    server.events.on('request:start', ({ request }) => asked.push(new URL(request.url).pathname))
    await user.type(field('Brugernavn'), 'lone4821')
    await user.dblClick(screen.getByRole('button', { name: 'Næste' }))
    server.events.removeAllListeners()
    expect(asked.filter((path) => path === '/api/session/username')).toHaveLength(1)
  })
})

describe('where one comes to', () => {
  test('an address deep inside: after signing in one is there', async () => {
    const { signIn } = await renderApp({ at: CLASS_4B })
    heading('Log på')
    expect(location.pathname).toBe('/log-paa')
    expect(pageText()).not.toContain('4.B')
    await signIn('lone4821')
    await until(() => heading('4.B'))
    await until(() => rowIsThere('Freja Åkjær') || expect.fail())
    expect(location.pathname).toBe(CLASS_4B)
  })

  test('my classes as an address: the classes are there after signing in', async () => {
    const { signIn } = await renderApp({ at: MY_CLASSES })
    await signIn('lone4821')
    await until(() => screen.getByRole('link', { name: '2.A' }))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test.each(['/', '/log-paa'])('signed in already, %s leads straight to my classes', async (at) => {
    await renderApp({ at, as: 'lone4821' })
    await until(() => heading('Mine klasser'))
    expect(location.pathname).toBe(MY_CLASSES)
  })

  test('an address that is no page says so, and leads on', async () => {
    const { user } = await renderApp({ at: '/findes-ikke' })
    heading(da.common.notFoundTitle)
    expect(document.title).toBe(`${da.common.notFoundTitle} – Elevadgang`)
    await user.click(screen.getByRole('link', { name: da.common.toFrontPage }))
    heading(da.session.frontTitle)
    expect(focus()).toBe(da.session.frontTitle)
  })

  test('when a mistake of the page itself comes up, it says what to do', async () => {
    const { user } = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    server.use(http.get('*/api/classes/:id', () => HttpResponse.json({ name: '2.A', pupils: 'none' })))
    await user.click(screen.getByRole('link', { name: '2.A' }))
    await until(() => heading(da.common.crashTitle))
    expect(pageText()).toContain(da.common.crashText)
    screen.getByRole('button', { name: da.common.reload })
    expect(expectedComplaints(/TypeError|error occurred in/)).toBeGreaterThan(0)
  })
})

describe('signing out', () => {
  test('leads to the front page and leaves nothing of the person or the pupils', async () => {
    const app = await renderApp({ at: '/log-paa' })
    await app.signIn('lone4821')
    await until(() => heading('Mine klasser'))
    await app.openClass('2.A')
    await app.showUsername('Asta Holm')
    const { username, id } = app.pupil('Asta Holm')
    expect(pageText()).toContain(username)
    await app.copyUsername('Asta Holm')
    // The page tells that the person is there, and is answered with who it is.
    await passTime(minutes(2))
    await app.search('ast')
    expect(app.keptAlive()).toBe(1)

    await app.signOut()
    await until(() => heading(da.session.frontTitle))
    expect(location.pathname).toBe('/')
    expect(app.jar.staff.get()).toBeNull()
    expect(app.activity('signOut')).toHaveLength(1)
    expect(app.school.store.snapshot().sessions.every(({ endedAt }) => endedAt !== null)).toBe(true)

    const { queryClient } = app
    const places = {
      page: document.documentElement.outerHTML,
      title: document.title,
      address: location.href,
      history: JSON.stringify(history.state),
      localStorage: JSON.stringify({ ...localStorage }),
      sessionStorage: JSON.stringify({ ...sessionStorage }),
      answers: JSON.stringify(queryClient.getQueryCache().getAll(), ['queryKey', 'state', 'data']),
      actions: JSON.stringify(
        queryClient
          .getMutationCache()
          .getAll()
          .map(({ state }) => state),
      ),
    }
    const personal = [username, 'Asta', 'Holm', 'Lone', 's-lone', 'lone4821', STAFF_PASSWORD, id]
    for (const [place, content] of Object.entries(places)) {
      for (const trace of personal) expect.soft(content.includes(trace), `${trace} in ${place}`).toBe(false)
    }
  })

  test('after it, Back shows the way in and no pupil', async () => {
    const { signOut, openClass } = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    await openClass('2.A')
    await signOut()
    await until(() => heading(da.session.frontTitle))
    history.back()
    await until(() => heading('Log på'))
    expect(pageText()).not.toContain('Asta Holm')
    expect(pageText()).not.toContain('2.A')
  })

  test('the ticks are gone for whoever signs in next, the same person included', async () => {
    const { tick, signOut, user, signIn, openClass } = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await tick('Asta Holm')
    await signOut()
    await until(() => heading(da.session.frontTitle))
    await user.click(screen.getByRole('button', { name: labels.da.signIn }))
    await signIn('lone4821')
    await until(() => heading('Mine klasser'))
    await openClass('2.A')
    expect(screen.queryByRole('region', { name: 'Valgte elever' })).toBeNull()
  })

  test('when it fails, the person is told and is still signed in', async () => {
    const { signOut } = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    server.use(http.delete('*/api/session', () => problem('unexpected'), { once: true }))
    await signOut()
    heading('Mine klasser')
    expect(pageText()).toContain(da.problems.unexpected.title)
    await signOut()
    await until(() => heading(da.session.frontTitle))
    await settle()
  })
})
