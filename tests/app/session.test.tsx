import { screen, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { afterEach, describe, expect, test } from 'vitest'
import { server } from '../../mocks/node'
import { hours } from '../../server/time'
import { failCalls, hold, problem } from './problems'
import { CLASS_2A, MY_CLASSES, type RenderedApp, renderApp } from './render-app'
import { minutes, passTime, seconds, settle, sleepComputer, until } from './time'
import { focus, heading, pageText, textOf, ticked } from './verbs'
import { da, en, fill } from './words'

const atMyClasses = () => renderApp({ at: MY_CLASSES, as: 'lone4821' })

const warning = () => screen.queryByRole('alertdialog')
const theWarning = () => screen.getByRole('alertdialog')

const isSignedOut = async () => {
  await until(() => heading('Log på'))
  expect(warning()).toBeNull()
}

/** Nothing of the person, and nothing of the pupils. */
const expectClearedPage = ({ queryClient }: RenderedApp) => {
  const answers = queryClient
    .getQueryCache()
    .getAll()
    .map(({ queryKey, state }) => [queryKey, state.data])
  const left = document.documentElement.outerHTML + JSON.stringify(answers)
  for (const trace of ['Lone', 'Asta', 'asta2011', 's-lone', 'birkeskolen']) expect(left).not.toContain(trace)
}

const isAlive = ({ school }: RenderedApp) =>
  school.store.snapshot().sessions.every(({ endedAt }) => endedAt === null)

describe('doing nothing', () => {
  test('for 19 minutes: a warning that counts down the last one, with the focus on staying', async () => {
    await atMyClasses()
    await passTime(minutes(19) - 1)
    expect(warning()).toBeNull()
    await passTime(1)
    await until(theWarning)
    within(theWarning()).getByRole('heading', { name: da.session.warningTitle })
    expect(textOf(theWarning())).toContain(fill(da.session.warningText, { time: '1:00' }))
    expect(focus()).toBe('Bliv logget på')
    await passTime(seconds(1))
    expect(textOf(theWarning())).toContain(fill(da.session.warningText, { time: '0:59' }))
    await passTime(seconds(58))
    expect(textOf(theWarning())).toContain(fill(da.session.warningText, { time: '0:01' }))
  })

  test('for 20 minutes: signed out, everything personal is gone, and the page says why', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await passTime(minutes(20) - seconds(1))
    expect(pageText()).toContain('Asta Holm')
    await passTime(seconds(1))
    await isSignedOut()
    expect(pageText()).toContain(da.session.endedTitle)
    expect(pageText()).toContain(da.session.endedText)
    expect(focus()).toBe('Brugernavn')
    expectClearedPage(app)
  })

  test('and signing in again: the same place', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.tick('Asta Holm')
    await passTime(minutes(20))
    await isSignedOut()
    await app.signIn('lone4821')
    await until(() => heading('2.A'))
    expect(ticked()).toEqual(['Asta Holm'])
  })

  test('and signing in as somebody else: nothing of the first', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.tick('Asta Holm')
    await passTime(minutes(20))
    await isSignedOut()
    await app.signIn('mads5512')
    await until(() => heading('Mine klasser'))
    await app.openClass('2.A')
    expect(ticked()).toEqual([])
  })

  test('the looks that the page takes by itself do not count as doing something', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await passTime(minutes(10))
    const [session] = app.school.store.snapshot().sessions
    expect(session?.lastActiveAt).toBe(session?.startedAt)
  })

  test('in English', async () => {
    await renderApp({ at: MY_CLASSES, as: 'lone4821', language: 'en' })
    await passTime(minutes(19))
    await until(theWarning)
    expect(textOf(theWarning())).toContain(fill(en.session.warningText, { time: '1:00' }))
    within(theWarning()).getByRole('button', { name: en.session.stay })
    await passTime(minutes(1))
    await until(() => heading('Sign in'))
    expect(pageText()).toContain(en.session.endedText)
  })
})

describe('the warning', () => {
  test('"Bliv logget på": 20 minutes anew', async () => {
    const app = await atMyClasses()
    await passTime(minutes(19) + seconds(30))
    await app.press(theWarning(), da.session.stay)
    expect(warning()).toBeNull()
    await passTime(minutes(19) - seconds(1))
    expect(warning()).toBeNull()
    await passTime(seconds(1))
    await until(theWarning)
    await passTime(minutes(1))
    await isSignedOut()
  })

  test('Escape stays, too, and the focus goes back to where it was', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    const button = app.rowButton('Giv ny adgangskode', 'Asta Holm')
    button.focus()
    await passTime(minutes(19))
    await until(theWarning)
    await app.user.keyboard('{Escape}')
    expect(warning()).toBeNull()
    expect(isAlive(app)).toBe(true)
    expect(focus()).toBe('Giv ny adgangskode for Asta Holm')
  })

  test('"Log af" signs out at once', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await passTime(minutes(19))
    await until(theWarning)
    await app.press(theWarning(), 'Log af')
    await until(() => heading(da.session.frontTitle))
    expect(app.activity('signOut')).toHaveLength(1)
    expectClearedPage(app)
  })

  test('staying that fails is not claimed: the warning is still there', async () => {
    const app = await atMyClasses()
    await passTime(minutes(19))
    failCalls('*/api/session/keep-alive', 1, () => problem('unexpected'))
    await app.press(theWarning(), da.session.stay)
    theWarning()
    await app.press(theWarning(), da.session.stay)
    expect(warning()).toBeNull()
  })

  test('does not come where another tab has kept the session alive', async () => {
    const app = await atMyClasses()
    await passTime(minutes(15))
    await (await app.otherTab()).keepsSession()
    await passTime(minutes(4) + seconds(1))
    await settle()
    expect(warning()).toBeNull()
    await passTime(minutes(14))
    expect(warning()).toBeNull()
    await passTime(minutes(1))
    await until(theWarning)
  })

  test('says nothing before the server has been asked, as the end may have moved', async () => {
    const app = await atMyClasses()
    await passTime(minutes(15))
    await (await app.otherTab()).keepsSession()
    await passTime(minutes(4) - seconds(1))
    const release = hold('*/api/session')
    await passTime(seconds(2))
    expect(warning()).toBeNull()
    await release()
    expect(warning()).toBeNull()
  })

  test('comes all the same when the server cannot be asked', async () => {
    await atMyClasses()
    await passTime(minutes(19) - seconds(1))
    failCalls('*/api/session', 1_000, () => HttpResponse.error())
    await passTime(seconds(3))
    await until(theWarning)
  })

  test('and the end come by the page itself when the server cannot be asked: nothing is left open', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await passTime(minutes(19) - seconds(1))
    server.use(http.all('*/api/*', () => HttpResponse.error()))
    await passTime(minutes(1) - seconds(1))
    expect(pageText()).toContain('Asta Holm')
    await passTime(seconds(3))
    await isSignedOut()
    expectClearedPage(app)
  })

  test('a refusal of the question who is signed in is not answered by asking it again and again', async () => {
    await atMyClasses()
    const asked = failCalls('*/api/session', 1_000, () => problem('not-signed-in'))
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
    await passTime(seconds(10))
    expect(asked()).toBe(1)
  })

  test('pressing around in it, though it does not close, does not keep the session', async () => {
    const app = await atMyClasses()
    await passTime(minutes(19))
    await until(theWarning)
    await app.user.keyboard('a')
    await passTime(minutes(1))
    await isSignedOut()
  })
})

describe('doing something', () => {
  test('a key or a press tells the server, so that no warning comes', async () => {
    const app = await atMyClasses()
    for (let times = 0; times < 3; times++) {
      await passTime(minutes(15))
      await app.user.click(heading('Mine klasser'))
    }
    expect(warning()).toBeNull()
    await passTime(minutes(18))
    expect(warning()).toBeNull()
    expect(isAlive(app)).toBe(true)
  })

  test('many keys tell it at most once a minute', async () => {
    const app = await atMyClasses()
    await passTime(minutes(2))
    const before = app.keptAlive()
    await app.search('mathilde hansen')
    await app.user.keyboard('abcdef')
    expect(app.keptAlive() - before).toBe(1)
    await passTime(minutes(1))
    await app.user.keyboard('g')
    expect(app.keptAlive() - before).toBe(2)
  })

  test('helping a pupil counts as well', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await passTime(seconds(30))
    await app.giveNewPassword('Asta Holm')
    await passTime(minutes(19) - seconds(1))
    expect(warning()).toBeNull()
    await passTime(seconds(1))
    await until(theWarning)
  })
})

describe('the longest day', () => {
  const longDay = (ago: number) =>
    renderApp({
      at: MY_CLASSES,
      as: 'lone4821',
      session: (session) => ({ ...session, startedAt: session.startedAt - ago, lastActiveAt: Date.now() }),
    })

  test('a minute before 8 hours: another warning, which offers no staying', async () => {
    const app = await longDay(hours(8) - minutes(5))
    await passTime(minutes(4) - seconds(1))
    await app.user.keyboard('a')
    expect(warning()).toBeNull()
    await passTime(seconds(1))
    await until(theWarning)
    expect(textOf(theWarning())).toContain(fill(da.session.warningFinalText, { time: '1:00' }))
    expect(within(theWarning()).queryByRole('button', { name: da.session.stay })).toBeNull()
  })

  test('at 8 hours it ends, however busy one is', async () => {
    const app = await longDay(hours(8) - minutes(3))
    await app.user.keyboard('a')
    await passTime(minutes(3) - seconds(1))
    expect(pageText()).toContain('Lone Kjær')
    await passTime(seconds(1))
    await isSignedOut()
    expectClearedPage(app)
  })

  test('in its last minute one can still finish what one is doing', async () => {
    const app = await renderApp({
      at: CLASS_2A,
      as: 'lone4821',
      session: (session) => ({
        ...session,
        startedAt: session.startedAt - hours(8) + minutes(2),
        lastActiveAt: Date.now(),
      }),
    })
    await passTime(minutes(1))
    await until(theWarning)
    await app.user.keyboard('{Escape}')
    expect(warning()).toBeNull()
    await app.giveNewPassword('Asta Holm')
    expect(app.activity('giveNewPassword')).toHaveLength(1)
    await passTime(minutes(1))
    await isSignedOut()
  })
})

describe('the computer sleeps', () => {
  test('past the end: the page is cleared as soon as it wakes, before anybody looks', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await sleepComputer(minutes(25))
    window.dispatchEvent(new Event('visibilitychange'))
    document.dispatchEvent(new Event('visibilitychange'))
    await isSignedOut()
    expectClearedPage(app)
  })

  test('and nobody turns to the tab: the next look clears it', async () => {
    await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await sleepComputer(minutes(25))
    await passTime(seconds(10))
    await isSignedOut()
  })
})

describe('another tab', () => {
  let channel: BroadcastChannel | undefined
  const tell = async () => {
    channel = new BroadcastChannel('elevadgang-session')
    channel.postMessage('changed')
  }
  afterEach(() => {
    channel?.close()
    channel = undefined
  })

  test('signs out: this one, too, and clears everything', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.showUsername('Asta Holm')
    await (await app.otherTab()).signsOut()
    await tell()
    await isSignedOut()
    expectClearedPage(app)
  })

  test('does not say that 20 minutes have passed when somebody has signed out there', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await (await app.otherTab()).signsOut()
    await tell()
    await isSignedOut()
    expect(pageText()).not.toContain('20 minutter')
  })

  test.each(['/', '/log-paa'])('signs in: %s goes on as that person when one turns to it', async (at) => {
    const app = await renderApp({ at })
    await app.anotherSignsIn('lone4821')
    window.dispatchEvent(new Event('visibilitychange'))
    await until(() => heading('Mine klasser'))
    expect(pageText()).toContain('Lone Kjær')
  })

  test('changes the person: this one becomes that person’s, with nothing of the first', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.anotherSignsIn('mads5512')
    await tell()
    await until(() => heading('Mine klasser'))
    expect(pageText()).toContain('Mads Bro')
    expect(pageText()).not.toContain('Lone')
    expect(screen.queryByRole('link', { name: '4.B' })).toBeNull()
  })

  test.each(['signing in', 'signing out'])('is told of %s in this one', async (what) => {
    const app = await renderApp(
      what === 'signing in' ? { at: '/log-paa' } : { at: MY_CLASSES, as: 'lone4821' },
    )
    channel = new BroadcastChannel('elevadgang-session')
    const heard: unknown[] = []
    channel.addEventListener('message', ({ data }) => heard.push(data))
    if (what === 'signing in') await app.signIn('lone4821')
    else await app.signOut()
    await until(() => expect(heard).toHaveLength(1))
    expect(JSON.stringify(heard)).not.toMatch(/lone/i)
  })
})
