import { screen } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { describe, expect, test } from 'vitest'
import { server } from '../../mocks/node'
import { blockSince } from '../rules/ordinary-pupil'
import { type Loss, loseCalls, neverAnswer, problem } from './problems'
import { CLASS_2A, type RenderedApp, renderApp } from './render-app'
import { passTime, seconds, settle } from './time'
import { announced, focus, noQueue, pageText, rowNames, status, textOf, ticked } from './verbs'
import { da, en, fill } from './words'

const RESETS = '*/api/pupils/password-resets'

const atClass2A = () => renderApp({ at: CLASS_2A, as: 'lone4821' })

const lose = ({ school, jar }: RenderedApp, loss: Loss, times = 1, address = RESETS) =>
  loseCalls(address, school, jar, loss, times)

const losses: Loss[] = ['before it arrived', 'after it was carried out']

describe('the connection is lost after the press', () => {
  test.each(losses)('%s: uncertain first, then the truth, exactly once', async (loss) => {
    const app = await atClass2A()
    const sent = lose(app, loss)
    await app.giveNewPassword('Asta Holm')
    expect(status('Asta Holm')).toContain('Uvist, undersøger …')
    expect(status('Asta Holm')).toContain(da.pupils.checkingWhat)
    // Where it was carried out, the stream of events may tell of the window before the press has its own answer.
    if (loss === 'before it arrived') expect(pageText()).not.toContain('Tid tilbage')
    expect(announced()).not.toContain(fill(da.passwordReset.given, { name: 'Asta Holm' }))

    await passTime(seconds(2))
    expect(status('Asta Holm')).not.toContain('Uvist')
    expect(status('Asta Holm')).toContain('Tid tilbage')
    expect(announced()).toContain(fill(da.passwordReset.given, { name: 'Asta Holm' }))
    expect(app.activity('giveNewPassword', 'Asta Holm')).toHaveLength(1)
    expect(sent).toHaveLength(2)
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1)
    expect(sent[0]?.key).toBeTruthy()
  })

  test.each(losses)('%s, again and again: it is asked until there is an answer', async (loss) => {
    const app = await atClass2A()
    const sent = lose(app, loss, 6)
    await app.giveNewPassword('Asta Holm')
    await passTime(seconds(8))
    expect(status('Asta Holm')).toContain('Uvist, undersøger …')
    await passTime(seconds(4))
    expect(status('Asta Holm')).toContain('Tid tilbage')
    expect(app.activity('giveNewPassword', 'Asta Holm')).toHaveLength(1)
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1)
  })

  test('carried out and then used by the pupil: the truth is that it was used', async () => {
    const app = await atClass2A()
    lose(app, 'after it was carried out', 3)
    await app.giveNewPassword('Asta Holm')
    await app.pupilSignsIn('Asta Holm')
    await passTime(seconds(7))
    expect(status('Asta Holm')).toContain('Ny adgangskode sat kl. 09.00')
    expect(app.activity('giveNewPassword', 'Asta Holm')).toHaveLength(1)
  })

  test('never carried out: the truth may be a refusal', async () => {
    const app = await atClass2A()
    lose(app, 'before it arrived')
    await app.giveNewPassword('Asta Holm')
    const asta = app.pupil('Asta Holm')
    await app.school.store.transaction((unit) => unit.savePupil({ ...asta, block: blockSince(Date.now()) }))
    await passTime(seconds(2))
    expect(status('Asta Holm')).toContain(da.pupils.refusal.blocked)
    expect(pageText()).not.toContain('Tid tilbage')
    expect(announced()).not.toContain(fill(da.passwordReset.given, { name: 'Asta Holm' }))
  })

  test('a new press while it is looked into does nothing', async () => {
    const app = await atClass2A()
    lose(app, 'before it arrived', 2)
    await app.giveNewPassword('Asta Holm')
    await app.giveNewPassword('Asta Holm')
    await app.stepUp('Asta Holm')
    await passTime(seconds(4))
    expect(app.activity('giveNewPassword', 'Asta Holm')).toHaveLength(1)
    expect(app.activity('stepUp')).toEqual([])
    expect(focus()).not.toBe('nothing')
  })

  test('an answer that never comes counts as lost after 10 seconds, not before', async () => {
    const app = await atClass2A()
    neverAnswer(RESETS)
    await app.giveNewPassword('Asta Holm')
    await passTime(seconds(10) - 1)
    expect(status('Asta Holm')).toContain(da.pupils.sending)
    await passTime(1)
    expect(status('Asta Holm')).toContain('Uvist, undersøger …')
    await passTime(seconds(2))
    expect(status('Asta Holm')).toContain('Tid tilbage')
    expect(app.activity('giveNewPassword', 'Asta Holm')).toHaveLength(1)
  })

  test('a page from a proxy instead of an answer is looked into as well', async () => {
    const app = await atClass2A()
    server.use(
      http.post(RESETS, () => HttpResponse.html('<p>Gateway timeout</p>', { status: 504 }), { once: true }),
    )
    await app.giveNewPassword('Asta Holm')
    expect(status('Asta Holm')).toContain('Uvist, undersøger …')
    await passTime(seconds(2))
    expect(status('Asta Holm')).toContain('Tid tilbage')
    expect(app.activity('giveNewPassword', 'Asta Holm')).toHaveLength(1)
  })

  test('the browser says that it is online again: asked at once', async () => {
    const app = await atClass2A()
    lose(app, 'after it was carried out')
    await app.giveNewPassword('Asta Holm')
    dispatchEvent(new Event('online'))
    await settle()
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
  })

  test('for many: each row is uncertain, then the truth for each, exactly once', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.tick('Dicte Vestergaard')
    lose(app, 'after it was carried out')
    await app.pressInBar('Giv ny adgangskode')
    await app.pressInDialog('Giv ny adgangskode')
    for (const name of ['Asta Holm', 'Dicte Vestergaard']) {
      expect(status(name)).toContain('Uvist, undersøger …')
    }
    expect(ticked()).toEqual(['Asta Holm', 'Dicte Vestergaard'])
    expect(textOf(screen.getByRole('main'))).not.toContain(
      fill(da.passwordReset.givenMany_other, { count: 2 }),
    )
    await passTime(seconds(2))
    for (const name of ['Asta Holm', 'Dicte Vestergaard']) expect(status(name)).toContain('Tid tilbage')
    expect(app.activity('giveNewPassword')).toHaveLength(2)
    expect(ticked()).toEqual([])
  })

  test.each([
    ['Giv to-faktor-adgang', '*/api/pupils/step-ups', 'stepUp'],
    ['Afslut to-faktor-adgang', '*/api/pupils/step-up-ends', 'endStepUp'],
    ['Fortryd', '*/api/pupils/password-reset-cancellations', 'cancelNewPassword'],
  ] as const)('"%s" is carried out exactly once, too', async (label, address, action) => {
    const app = await atClass2A()
    if (label === 'Fortryd') await app.giveNewPassword('Asta Holm')
    if (label === 'Afslut to-faktor-adgang') await app.stepUp('Asta Holm')
    await passTime(seconds(2))
    lose(app, 'after it was carried out', 2, address)
    await app.pressInRow(label, 'Asta Holm')
    expect(status('Asta Holm')).toContain('Uvist, undersøger …')
    await passTime(seconds(4))
    expect(status('Asta Holm')).not.toContain('Uvist')
    expect(app.hasRowButton(label, 'Asta Holm')).toBe(false)
    expect(app.activity(action, 'Asta Holm')).toMatchObject([{ outcome: 'done' }])
  })

  test('"Godkend" is carried out exactly once, too', async () => {
    const app = await atClass2A()
    lose(app, 'after it was carried out', 1, '*/api/step-up-requests/decisions')
    await app.approve('Emil Østergaard')
    expect(status('Emil Østergaard')).toContain('Uvist, undersøger …')
    await passTime(seconds(2))
    expect(noQueue()).toBe(true)
    expect(status('Emil Østergaard')).toContain('To-faktor-adgang til')
    expect(app.activity('approveStepUpRequest')).toMatchObject([{ outcome: 'done' }])
  })

  test('in English', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821', language: 'en' })
    lose(app, 'after it was carried out')
    await app.giveNewPassword('Asta Holm')
    expect(pageText()).toContain('Unknown, checking …')
    expect(pageText()).toContain(en.pupils.checkingWhat)
    await passTime(seconds(2))
    expect(pageText()).toContain('Time left')
  })
})

describe('the connection stays away', () => {
  test('after 30 seconds it is given up, with words and a way to try again', async () => {
    const app = await atClass2A()
    const sent = lose(app, 'before it arrived', 1_000)
    await app.giveNewPassword('Asta Holm')
    await passTime(seconds(30))
    expect(status('Asta Holm')).toContain('Uvist, undersøger …')
    await passTime(seconds(2))
    expect(status('Asta Holm')).not.toContain('Uvist')
    expect(status('Asta Holm')).toContain(da.problems.unknownOutcome.title)
    expect(status('Asta Holm')).toContain(da.problems.unknownOutcome.text)
    expect(app.activity('giveNewPassword')).toEqual([])

    const sentUntilThen = sent.length
    await passTime(seconds(20))
    expect(sent).toHaveLength(sentUntilThen)
  })

  test('given up, though it was carried out: the row tells how the pupil stands as well', async () => {
    const app = await atClass2A()
    lose(app, 'after it was carried out', 1_000)
    await app.giveNewPassword('Asta Holm')
    await passTime(seconds(32))
    expect(status('Asta Holm')).toContain(da.problems.unknownOutcome.title)
    expect(status('Asta Holm')).toContain('Tid tilbage 4:')
    expect(app.activity('giveNewPassword', 'Asta Holm')).toHaveLength(1)
  })

  test('trying again later does it once', async () => {
    const app = await atClass2A()
    lose(app, 'before it arrived', 22)
    await app.giveNewPassword('Asta Holm')
    await passTime(seconds(32))
    expect(status('Asta Holm')).toContain(da.problems.unknownOutcome.title)
    server.resetHandlers()
    app.answerAgain()
    await app.pressInRow('Giv ny adgangskode', 'Asta Holm')
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
    expect(status('Asta Holm')).not.toContain(da.problems.unknownOutcome.title)
    expect(app.activity('giveNewPassword', 'Asta Holm')).toHaveLength(1)
  })

  test('for many: told once, and the ticks are kept', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.tick('Dicte Vestergaard')
    lose(app, 'before it arrived', 1_000)
    await app.pressInBar('Giv ny adgangskode')
    await app.pressInDialog('Giv ny adgangskode')
    await passTime(seconds(32))
    expect(screen.getAllByRole('alert')).toHaveLength(1)
    expect(textOf(screen.getByRole('alert'))).toContain(da.problems.unknownOutcome.title)
    expect(ticked()).toEqual(['Asta Holm', 'Dicte Vestergaard'])
  })

  test('everything is away, the list too: the class stays on the page, nothing is claimed, and all recovers', async () => {
    const app = await atClass2A()
    const names = rowNames()
    server.use(http.all('*/api/*', () => HttpResponse.error()))
    await app.giveNewPassword('Asta Holm')
    await passTime(seconds(45))
    expect(rowNames()).toEqual(names)
    expect(pageText()).not.toContain('Tid tilbage')
    expect(status('Asta Holm')).toContain(da.problems.unknownOutcome.title)
    server.resetHandlers()
    app.answerAgain()
    await passTime(seconds(10))
    await app.pressInRow('Giv ny adgangskode', 'Asta Holm')
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
    expect(app.activity('giveNewPassword', 'Asta Holm')).toHaveLength(1)
  })

  test('signed out while it is looked into: nothing more is sent for the person who has left', async () => {
    const app = await atClass2A()
    const sent = lose(app, 'before it arrived', 2)
    await app.giveNewPassword('Asta Holm')
    await app.signOut()
    const sentUntilThen = sent.length
    await passTime(seconds(10))
    expect(sent).toHaveLength(sentUntilThen)
    expect(pageText()).not.toContain('Asta Holm')
  })

  test('nothing is done in the name of who comes next', async () => {
    const app = await atClass2A()
    lose(app, 'before it arrived', 2)
    await app.giveNewPassword('Asta Holm')
    await app.signOut()
    await app.user.click(screen.getByRole('button', { name: 'Log på' }))
    await app.signIn('mads5512')
    await passTime(seconds(10))
    expect(app.activity('giveNewPassword')).toEqual([])
    expect(app.school.store.snapshot().resetWindows).toEqual([])
  })

  test('a failure after a lost try is told as the failure it is', async () => {
    const app = await atClass2A()
    let asked = 0
    server.use(
      http.post(RESETS, () => {
        asked += 1
        return asked === 1 ? HttpResponse.error() : problem('unexpected')
      }),
    )
    await app.giveNewPassword('Asta Holm')
    await passTime(seconds(2))
    expect(status('Asta Holm')).toContain(da.problems.unexpected.title)
    expect(asked).toBe(2)
  })
})
