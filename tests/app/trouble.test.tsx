import { screen, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { describe, expect, test } from 'vitest'
import { server } from '../../mocks/node'
import { type ProblemType, problemStatus } from '../../server/problems'
import { failCalls, hold, problem, REQUEST_ID } from './problems'
import { CLASS_2A, CLASS_4B, MY_CLASSES, type RenderedApp, renderApp } from './render-app'
import { passTime, seconds, settle, until } from './time'
import {
  announced,
  bar,
  dialog,
  focus,
  heading,
  noBar,
  noQueue,
  pageText,
  queue,
  row,
  rowNames,
  status,
  textOf,
  ticked,
} from './verbs'
import { da, fill } from './words'

const RESETS = '*/api/pupils/password-resets'

const atClass2A = () => renderApp({ at: CLASS_2A, as: 'lone4821' })

const notice = (name: string) => within(row(name)).getByRole('alert')

const refusedWith = (type: ProblemType, details = {}) =>
  server.use(http.post(RESETS, () => problem(type, details), { once: true }))

const windows = ({ school }: RenderedApp) => school.store.snapshot().resetWindows

describe('a refusal of one press is put into words in its row', () => {
  const { notAllowed, notFound, changed, invalid, unexpected } = da.problems
  test.each([
    ['not-allowed', notAllowed.title, notAllowed.text],
    ['cross-site', notAllowed.title, notAllowed.text],
    ['not-found', notFound.title, notFound.text],
    ['session-changed', changed.title, changed.text],
    ['invalid-request', invalid.title, invalid.text],
    ['idempotency-key-reused', invalid.title, invalid.text],
    ['malformed-request', invalid.title, invalid.text],
    ['too-large', invalid.title, invalid.text],
    ['unsupported-media-type', invalid.title, invalid.text],
    ['unexpected', unexpected.title, unexpected.text],
  ] as const)('%s', async (type, title, text) => {
    const app = await atClass2A()
    refusedWith(type)
    await app.giveNewPassword('Asta Holm')
    const words = textOf(notice('Asta Holm'))
    expect(words).toContain(title)
    expect(words).toContain(text)
    expect(words).toContain(fill(da.common.requestId, { requestId: REQUEST_ID }))
    expect(words).not.toContain(type)
    expect(words).not.toContain(String(problemStatus[type]))
    expect(status('Asta Holm')).not.toContain('Tid tilbage')
    expect(announced()).not.toContain(fill(da.passwordReset.given, { name: 'Asta Holm' }))
    expect(screen.getAllByRole('alert')).toHaveLength(1)
    expect(windows(app)).toEqual([])
  })

  test.each([
    [1, '1 sekund'],
    [45, '45 sekunder'],
    [90, '90 sekunder'],
    [91, '2 minutter'],
    [600, '10 minutter'],
  ])('too-many-requests, to come back in %i s: "%s"', async (retryAfterSeconds, wait) => {
    const app = await atClass2A()
    refusedWith('too-many-requests', { retryAfterSeconds })
    await app.giveNewPassword('Asta Holm')
    expect(textOf(notice('Asta Holm'))).toContain(fill(da.problems.tooMany.text, { wait }))
  })

  test('unavailable, to come back in 5 s', async () => {
    const app = await atClass2A()
    refusedWith('unavailable', { retryAfterSeconds: 5 })
    await app.giveNewPassword('Asta Holm')
    const words = textOf(notice('Asta Holm'))
    expect(words).toContain(da.problems.unavailable.title)
    expect(words).toContain(fill(da.problems.unavailable.text, { wait: '5 sekunder' }))
    expect(windows(app)).toEqual([])
    await app.press(notice('Asta Holm'), 'Prøv igen')
    expect(windows(app)).toHaveLength(1)
  })

  test('what cannot be read is an error of ours, too', async () => {
    const app = await atClass2A()
    server.use(http.post(RESETS, () => HttpResponse.html('<h1>Blocked</h1>', { status: 403 })))
    await app.giveNewPassword('Asta Holm')
    await passTime(seconds(40))
    expect(pageText()).not.toContain('Blocked')
    expect(notice('Asta Holm')).toBeTruthy()
    expect(windows(app)).toEqual([])
  })

  test('a refusal of a kind that this page is too old to know is still put into words', async () => {
    const app = await atClass2A()
    const unknown = { type: 'brand-new', status: 400, title: 'brand new', requestId: REQUEST_ID }
    server.use(http.post(RESETS, () => HttpResponse.json(unknown, { status: 400 }), { once: true }))
    await app.giveNewPassword('Asta Holm')
    const words = textOf(notice('Asta Holm'))
    expect(words).toContain(da.problems.unexpected.title)
    expect(words).toContain(REQUEST_ID)
    expect(words).not.toMatch(/undefined|brand/)
  })

  test('Prøv igen tries again, and then it is done', async () => {
    const app = await atClass2A()
    refusedWith('unexpected')
    await app.giveNewPassword('Asta Holm')
    await app.press(notice('Asta Holm'), 'Prøv igen')
    expect(within(row('Asta Holm')).queryByRole('alert')).toBeNull()
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
    expect(app.activity('giveNewPassword', 'Asta Holm')).toHaveLength(1)
    expect(focus()).not.toBe('nothing')
  })

  test('the notice can be closed; the row and the focus are as before', async () => {
    const app = await atClass2A()
    refusedWith('unexpected')
    await app.giveNewPassword('Asta Holm')
    await app.press(notice('Asta Holm'), 'Luk')
    expect(status('Asta Holm')).toBe(da.pupils.nothingToTell)
    expect(row('Asta Holm').contains(document.activeElement)).toBe(true)
  })

  test('the button can be pressed again as well, which takes the old words away', async () => {
    const app = await atClass2A()
    refusedWith('unexpected')
    await app.giveNewPassword('Asta Holm')
    await app.giveNewPassword('Asta Holm')
    expect(within(row('Asta Holm')).queryByRole('alert')).toBeNull()
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
  })

  test('in English', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821', language: 'en' })
    refusedWith('too-many-requests', { retryAfterSeconds: 120 })
    await app.giveNewPassword('Asta Holm')
    expect(textOf(notice('Asta Holm'))).toContain('Wait 2 minutes')
  })

  test.each([
    ['Fortryd', '*/api/pupils/password-reset-cancellations'],
    ['Giv to-faktor-adgang', '*/api/pupils/step-ups'],
    ['Afslut to-faktor-adgang', '*/api/pupils/step-up-ends'],
  ])('"%s" that fails is told in the row, too', async (label, address) => {
    const app = await atClass2A()
    if (label === 'Fortryd') await app.giveNewPassword('Asta Holm')
    if (label === 'Afslut to-faktor-adgang') await app.stepUp('Asta Holm')
    await passTime(seconds(2))
    server.use(http.post(address, () => problem('unexpected'), { once: true }))
    await app.pressInRow(label, 'Asta Holm')
    expect(textOf(notice('Asta Holm'))).toContain(da.problems.unexpected.title)
    app.rowButton(label, 'Asta Holm')
    await app.press(notice('Asta Holm'), 'Prøv igen')
    expect(within(row('Asta Holm')).queryByRole('alert')).toBeNull()
    expect(app.hasRowButton(label, 'Asta Holm')).toBe(false)
  })
})

describe('what is asked for many and refused', () => {
  const tickTwo = async (app: RenderedApp) => {
    await app.tick('Asta Holm')
    await app.tick('Dicte Vestergaard')
    await app.pressInBar('Giv ny adgangskode')
    await app.pressInDialog('Giv ny adgangskode')
  }

  test('is told once, the ticks stay, and Prøv igen does it', async () => {
    const app = await atClass2A()
    refusedWith('unexpected')
    await tickTwo(app)
    expect(screen.getAllByRole('alert')).toHaveLength(1)
    const told = screen.getByRole('alert')
    expect(textOf(told)).toContain(da.problems.unexpected.title)
    expect(textOf(told)).toContain(fill(da.common.requestId, { requestId: REQUEST_ID }))
    expect(ticked()).toEqual(['Asta Holm', 'Dicte Vestergaard'])
    expect(status('Asta Holm')).not.toContain('Tid tilbage')
    expect(focus()).not.toBe('nothing')

    await app.press(told, 'Prøv igen')
    expect(screen.queryByRole('alert')).toBeNull()
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
    expect(status('Dicte Vestergaard')).toContain('Tid tilbage 5:00')
    expect(app.activity('giveNewPassword')).toHaveLength(2)
    expect(noBar()).toBe(true)
    expect(focus()).not.toBe('nothing')
  })

  test('with a wait, the wait is told', async () => {
    const app = await atClass2A()
    refusedWith('too-many-requests', { retryAfterSeconds: 300 })
    await tickTwo(app)
    expect(textOf(screen.getByRole('alert'))).toContain('Vent 5 minutter')
  })

  test('"Godkend alle" that fails is told, everybody still waits, and it can be tried again', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821', scenario: 'queueWaiting' })
    server.use(http.post('*/api/step-up-requests/decisions', () => problem('unexpected'), { once: true }))
    await app.approveAll()
    expect(textOf(screen.getByRole('alert'))).toContain(da.problems.unexpected.title)
    expect(within(queue()).getAllByRole('listitem')).toHaveLength(12)
    await app.press(screen.getByRole('alert'), 'Prøv igen')
    expect(noQueue()).toBe(true)
    expect(app.activity('approveStepUpRequest')).toHaveLength(12)
  })

  test('"Godkend" that fails is told where one sees it', async () => {
    const app = await atClass2A()
    server.use(http.post('*/api/step-up-requests/decisions', () => problem('unexpected'), { once: true }))
    await app.approve('Emil Østergaard')
    expect(textOf(screen.getByRole('alert'))).toContain(da.problems.unexpected.title)
    expect(noQueue()).toBe(false)
  })
})

describe('while the answer is on its way', () => {
  test('the row says that it is being sent, and nothing is shown as done', async () => {
    const app = await atClass2A()
    const release = hold(RESETS)
    await app.giveNewPassword('Asta Holm')
    expect(status('Asta Holm')).toContain(da.pupils.sending)
    expect(pageText()).not.toContain('Tid tilbage')
    expect(announced()).not.toContain(fill(da.passwordReset.given, { name: 'Asta Holm' }))
    expect(app.rowButton('Giv ny adgangskode', 'Asta Holm').getAttribute('aria-disabled')).toBe('true')
    expect(focus()).toBe('Giv ny adgangskode for Asta Holm')
    await release()
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
    expect(status('Asta Holm')).not.toContain(da.pupils.sending)
  })

  test('pressing again, there or at something else for the same pupil, does nothing', async () => {
    const app = await atClass2A()
    const release = hold(RESETS)
    await app.giveNewPassword('Asta Holm')
    await app.giveNewPassword('Asta Holm')
    await app.user.keyboard('{Enter}')
    await app.stepUp('Asta Holm')
    await release()
    expect(app.activity('giveNewPassword')).toHaveLength(1)
    expect(app.activity('stepUp')).toEqual([])
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
  })

  test('others can be helped meanwhile', async () => {
    const app = await atClass2A()
    const release = hold(RESETS)
    await app.giveNewPassword('Asta Holm')
    await app.stepUp('Dicte Vestergaard')
    expect(status('Dicte Vestergaard')).toContain('To-faktor-adgang til')
    await release()
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
  })

  test('for many: each row says so, and the bar can not be pressed again', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.tick('Dicte Vestergaard')
    const release = hold(RESETS)
    await app.pressInBar('Giv ny adgangskode')
    await app.pressInDialog('Giv ny adgangskode')
    for (const name of ['Asta Holm', 'Dicte Vestergaard']) expect(status(name)).toContain(da.pupils.sending)
    await app.pressInBar('Giv ny adgangskode')
    expect(screen.queryByRole('dialog')).toBeNull()
    await app.pressInBar('Giv to-faktor-adgang')
    expect(screen.queryByRole('dialog')).toBeNull()
    await release()
    expect(app.activity('giveNewPassword')).toHaveLength(2)
    expect(app.activity('stepUp')).toEqual([])
  })

  test('what is asked for the whole class while one of it is on the way is done for all, and once', async () => {
    const app = await atClass2A()
    const release = hold(RESETS)
    await app.giveNewPassword('Asta Holm')
    await app.press(screen.getByRole('main'), da.stepUp.giveClass)
    await app.pressInDialog('Giv to-faktor-adgang')
    expect(pageText()).not.toContain('To-faktor-adgang til')
    await release()
    expect(status('Asta Holm')).toContain('To-faktor-adgang til')
    expect(status('Dicte Vestergaard')).toContain('To-faktor-adgang til')
    expect(app.activity('stepUp', 'Dicte Vestergaard')).toHaveLength(1)
  })

  test('what waits for one who is on the way says so in the rows of the others, and is not asked for again', async () => {
    const app = await atClass2A()
    const release = hold(RESETS)
    await app.giveNewPassword('Asta Holm')
    for (let presses = 0; presses < 2; presses++) {
      await app.user.click(
        within(screen.getByRole('main')).getByRole('button', { name: da.stepUp.giveClass }),
      )
      if (screen.queryByRole('dialog')) await app.pressInDialog('Giv to-faktor-adgang')
      expect(status('Dicte Vestergaard')).toContain(da.pupils.sending)
    }
    await release()
    expect(status('Dicte Vestergaard')).toContain('To-faktor-adgang til')
    expect(app.activity('stepUp', 'Dicte Vestergaard')).toHaveLength(1)
  })

  test('the list that was asked for before the press does not undo what the answer has shown', async () => {
    const app = await atClass2A()
    // A refresh leaves, is answered by the school as it is before the press, and arrives after it.
    const before = await app.school.fetch(app.requestTo('/api/classes/birkeskolen-2a'))
    let letGo = () => {}
    const late = new Promise<void>((resolve) => {
      letGo = resolve
    })
    server.use(
      http.get(
        '*/api/classes/birkeskolen-2a',
        async () => {
          await late
          return new HttpResponse(await before.text(), { headers: before.headers })
        },
        { once: true },
      ),
    )
    await passTime(seconds(10))
    await app.giveNewPassword('Asta Holm')
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
    letGo()
    await settle()
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
  })
})

describe('offline', () => {
  const goOffline = async (online: boolean) => {
    dispatchEvent(new Event(online ? 'online' : 'offline'))
    await settle()
  }

  test('a notice says so and goes when the connection is back', async () => {
    await atClass2A()
    expect(pageText()).not.toContain(da.common.offline)
    await goOffline(false)
    expect(pageText()).toContain(da.common.offline)
    expect(announced()).toContain(da.common.offline)
    expect(rowNames().length).toBeGreaterThan(20)
    await goOffline(true)
    expect(pageText()).not.toContain(da.common.offline)
  })

  test('with the connection back, the page shows how things stand without waiting for the next look', async () => {
    const app = await atClass2A()
    await goOffline(false)
    await (await app.colleague('mads5512')).givesNewPassword('Asta Holm')
    await goOffline(true)
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
  })

  test('on the front page, too', async () => {
    await renderApp()
    await goOffline(false)
    expect(pageText()).toContain(da.common.offline)
  })

  test('a press made offline ends in the truth when the connection is back', async () => {
    const app = await atClass2A()
    await goOffline(false)
    failCalls(RESETS, 1, () => HttpResponse.error())
    await app.giveNewPassword('Asta Holm')
    expect(status('Asta Holm')).toContain(da.pupils.checking)
    expect(pageText()).not.toContain('Tid tilbage')
    await goOffline(true)
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
    expect(app.activity('giveNewPassword')).toHaveLength(1)
  })
})

/** The stream of events ends with the session at the server's next beat, and coming back to it tells why. */
const UNTIL_FOUND_OUT = seconds(20)

describe('signed out in the middle', () => {
  const inTheMiddle = () => renderApp({ at: CLASS_2A, as: 'lone4821', scenario: 'signedOutInTheMiddle' })

  test('one signs in again and is at the same place with the same ticks', async () => {
    const app = await inTheMiddle()
    await app.tick('Asta Holm')
    await app.tick('Dicte Vestergaard')
    await app.giveNewPassword('Emil Østergaard')
    await passTime(UNTIL_FOUND_OUT)
    await until(() => heading('Log på'))
    expect(pageText()).not.toContain('Asta Holm')
    expect(focus()).toBe('Brugernavn')

    await app.signIn('lone4821')
    await until(() => heading('2.A'))
    expect(location.pathname).toBe(CLASS_2A)
    expect(ticked()).toEqual(['Asta Holm', 'Dicte Vestergaard'])
    expect(textOf(bar())).toContain(fill(da.pupils.selected_other, { count: 2 }))
    expect(status('Emil Østergaard')).toContain('Tid tilbage')
  })

  test('the next look at the class finds it out as well', async () => {
    const app = await inTheMiddle()
    await app.giveNewPassword('Emil Østergaard')
    await passTime(UNTIL_FOUND_OUT)
    await until(() => heading('Log på'))
    expect(pageText()).not.toContain('Emil')
  })

  test('another person finds no tick and not the place of the first', async () => {
    const app = await inTheMiddle()
    await app.tick('Asta Holm')
    await app.giveNewPassword('Emil Østergaard')
    await passTime(UNTIL_FOUND_OUT)
    await until(() => heading('Log på'))
    await app.signIn('mads5512')
    await until(() => heading('Mine klasser'))
    expect(location.pathname).toBe(MY_CLASSES)
    await app.openClass('2.A')
    expect(ticked()).toEqual([])
    expect(noBar()).toBe(true)
  })

  test('nor does the first one, after another has been there', async () => {
    const app = await inTheMiddle()
    await app.tick('Asta Holm')
    await app.giveNewPassword('Emil Østergaard')
    await passTime(UNTIL_FOUND_OUT)
    await until(() => heading('Log på'))
    await app.signIn('mads5512')
    await until(() => heading('Mine klasser'))
    await app.signOut()
    await until(() => heading(da.session.frontTitle))
    await app.user.click(screen.getByRole('button', { name: 'Log på' }))
    await app.signIn('lone4821')
    await until(() => heading('Mine klasser'))
    await app.openClass('2.A')
    expect(ticked()).toEqual([])
  })

  test('a username that was shown is gone, also after signing in again', async () => {
    const app = await atClass2A()
    await app.showUsername('Asta Holm')
    await app.endSessions()
    await passTime(UNTIL_FOUND_OUT)
    await until(() => heading('Log på'))
    expect(document.documentElement.outerHTML).not.toContain('asta2011')
    await app.signIn('lone4821')
    await until(() => heading('2.A'))
    expect(document.documentElement.outerHTML).not.toContain('asta2011')
  })

  test('a question that was open is gone', async () => {
    const app = await atClass2A()
    await app.press(screen.getByRole('main'), 'Vis alle brugernavne')
    await app.endSessions()
    await app.pressInDialog('Vis alle brugernavne')
    await until(() => heading('Log på'))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(focus()).toBe('Brugernavn')
  })

  test('while many were asked for: signed in again, they are still ticked and nothing is claimed', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.tick('Dicte Vestergaard')
    await app.pressInBar('Giv ny adgangskode')
    await app.endSessions()
    await app.pressInDialog('Giv ny adgangskode')
    await until(() => heading('Log på'))
    await app.signIn('lone4821')
    await until(() => heading('2.A'))
    expect(ticked()).toEqual(['Asta Holm', 'Dicte Vestergaard'])
    expect(status('Asta Holm')).toBe(da.pupils.nothingToTell)
    expect(windows(app)).toEqual([])
  })

  test('in my classes, one comes back there', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    await app.endSessions()
    await passTime(UNTIL_FOUND_OUT)
    await until(() => heading('Log på'))
    await app.signIn('lone4821')
    await until(() => heading('Mine klasser'))
    expect(screen.getByRole('link', { name: '2.A' })).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('the page says why one has to sign in again', async () => {
    const app = await atClass2A()
    await app.endSessions()
    await passTime(UNTIL_FOUND_OUT)
    await until(() => heading('Log på'))
    expect(pageText()).toContain(da.session.endedTitle)
  })
})

/** Where the tabs have not spoken, the next look at the lists finds out that it asks for another person. */
const UNTIL_LOOKED_AGAIN = seconds(61)

describe('another person in another tab of the same browser', () => {
  test('a press for the first is refused, and the page becomes the second person’s', async () => {
    const app = await renderApp({ at: CLASS_4B, as: 'lone4821' })
    await app.tick('Freja Åkjær')
    await app.anotherSignsIn('mads5512')
    await app.giveNewPassword('Freja Åkjær')
    await until(() => heading('Mine klasser'))
    expect(pageText()).toContain('Mads Bro')
    expect(pageText()).toContain(fill(da.session.changed, { name: 'Mads Bro' }))
    expect(pageText()).not.toContain('Freja')
    expect(pageText()).not.toContain('Lone Kjær')
    expect(windows(app)).toEqual([])
    expect(screen.queryByText('4.B')).toBeNull()
  })

  test('in a class that both teach, the ticks of the first are gone', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.anotherSignsIn('mads5512')
    await passTime(UNTIL_LOOKED_AGAIN)
    await until(() => heading('Mine klasser'))
    await app.openClass('2.A')
    expect(ticked()).toEqual([])
  })

  test('the same person anew goes on where the page is, ticks and all', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.anotherSignsIn('lone4821')
    await passTime(UNTIL_LOOKED_AGAIN)
    await passTime(UNTIL_LOOKED_AGAIN)
    heading('2.A')
    expect(ticked()).toEqual(['Asta Holm'])
    expect(screen.queryByRole('alert')).toBeNull()
    await app.giveNewPassword('Asta Holm')
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
  })
})

test('a question that is open when the page is told of a failure keeps its focus', async () => {
  const app = await atClass2A()
  await app.press(screen.getByRole('main'), 'Vis alle brugernavne')
  failCalls('*/api/classes/:id', 1, () => problem('unexpected'))
  await passTime(UNTIL_LOOKED_AGAIN)
  expect(dialog().contains(document.activeElement)).toBe(true)
})
