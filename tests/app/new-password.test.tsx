import { act, screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { openWindow } from '../../server/password-reset/rules'
import { select } from '../../src/features/pupils/selection'
import { blockSince } from '../rules/ordinary-pupil'
import { CLASS_2A, CLASS_4B, GERMAN_8, namesIn, type RenderedApp, renderApp } from './render-app'
import { minutes, passTime, seconds, until } from './time'
import {
  announced,
  bar,
  dialog,
  focus,
  noBar,
  noDialog,
  pageText,
  row,
  rowNames,
  status,
  textOf,
  ticked,
  timesTold,
} from './verbs'
import { da, en, fill } from './words'

const atClass2A = () => renderApp({ at: CLASS_2A, as: 'lone4821' })

/** At another computer, within the window: the pupil's page is asked for a new password next. */
const giveUsername = ({ school, pupil }: RenderedApp, name: string) =>
  school.fetch(
    new Request('https://school.test/api/pupil/session/username', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: pupil(name).username }),
    }),
  )

const windowOf = ({ school, pupil }: RenderedApp, name: string) =>
  school.store.snapshot().resetWindows.find(({ pupilId }) => pupilId === pupil(name).id)

describe('a new password for one pupil', () => {
  test('is given by one press in the row, without a question', async () => {
    const app = await atClass2A()
    await app.giveNewPassword('Asta Holm')
    noDialog()
    expect(windowOf(app, 'Asta Holm')).toMatchObject({ openedBy: 's-lone', usedAt: null })
    expect(app.activity('giveNewPassword', 'Asta Holm')).toHaveLength(1)
    expect(announced()).toContain(fill(da.passwordReset.given, { name: 'Asta Holm' }))
    expect(focus()).toBe('Fortryd for Asta Holm')
  })

  test('counts down the 5 minutes second by second, and then says that it ran out and offers it again', async () => {
    const app = await atClass2A()
    await app.giveNewPassword('Asta Holm')
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
    await passTime(seconds(1) - 1)
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
    await passTime(1)
    expect(status('Asta Holm')).toContain('Tid tilbage 4:59')

    await passTime(minutes(5) - seconds(1) - seconds(1))
    expect(status('Asta Holm')).toContain('Tid tilbage 0:01')
    await passTime(seconds(1) - 1)
    expect(status('Asta Holm')).toContain('Tid tilbage 0:01')
    expect(app.hasRowButton('Fortryd', 'Asta Holm')).toBe(true)
    await passTime(1)
    expect(status('Asta Holm')).toContain('Tiden løb ud kl. 09.05')
    expect(status('Asta Holm')).toContain(da.passwordReset.expiredWhat)
    expect(app.hasRowButton('Fortryd', 'Asta Holm')).toBe(false)

    await app.giveNewPassword('Asta Holm')
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
    expect(app.activity('giveNewPassword', 'Asta Holm')).toHaveLength(2)
  })

  test('goes by the clock of the server, whatever the computer says', async () => {
    const app = await atClass2A()
    await app.giveNewPassword('Asta Holm')
    await app.school.command({ do: 'advance', by: minutes(2) })
    expect(status('Asta Holm')).toContain('5:00')
    await passTime(seconds(11))
    expect(status('Asta Holm')).toContain('2:49')
  })

  test('is still counted right on a page that is opened later, in English too', async () => {
    await renderApp({
      at: CLASS_2A,
      as: 'lone4821',
      language: 'en',
      school: (school, now) => ({
        ...school,
        resetWindows: [
          openWindow(
            school.pupils.find(({ username }) => username === 'asta2011')?.id ?? '',
            's-lone',
            now - seconds(48),
          ),
        ],
      }),
    })
    expect(status('Asta Holm')).toContain('Time left 4:12')
  })

  test.each([
    [CLASS_2A, 'Asta Holm', da.passwordReset.openWhat.indskoling],
    [CLASS_4B, 'Freja Åkjær', da.passwordReset.openWhat.mellemtrin],
    [CLASS_4B, 'Gustav Petersen', da.passwordReset.openWhat.indskoling],
    [GERMAN_8, 'Hannah Al-Amin', da.passwordReset.openWhat.udskoling],
  ])('%s: what %s will meet is said in one line: %s', async (at, name, line) => {
    const app = await renderApp({ at, as: 'lone4821' })
    await app.giveNewPassword(name)
    expect(status(name)).toContain(line)
  })

  test('can be taken back by "Fortryd", which leaves the old password', async () => {
    const app = await atClass2A()
    await app.giveNewPassword('Asta Holm')
    await passTime(seconds(3))
    await app.undo('Asta Holm')
    expect(status('Asta Holm')).toBe(da.pupils.nothingToTell)
    expect(windowOf(app, 'Asta Holm')?.cancelledAt).not.toBeNull()
    expect(app.activity('cancelNewPassword', 'Asta Holm')).toHaveLength(1)
    expect(announced()).toContain(fill(da.passwordReset.undone, { name: 'Asta Holm' }))
    expect(focus()).toBe('Giv ny adgangskode for Asta Holm')
  })

  test('can be taken back and given in English', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821', language: 'en' })
    await app.giveNewPassword('Asta Holm')
    expect(textOf(row('Asta Holm'))).toContain('Time left 5:00')
    await passTime(seconds(3))
    await app.undo('Asta Holm')
    expect(textOf(row('Asta Holm'))).not.toContain('Time left')
    expect(announced()).toContain(fill(en.passwordReset.undone, { name: 'Asta Holm' }))
  })

  test('that the pupil has signed in by, and not finished, no longer counts down; it can be taken back', async () => {
    const app = await atClass2A()
    await app.giveNewPassword('Asta Holm')
    expect(status('Asta Holm')).toContain(da.passwordReset.timeLeft)
    await passTime(seconds(30))
    await giveUsername(app, 'Asta Holm')
    await until(() => expect(status('Asta Holm')).toContain(da.passwordReset.taken))
    expect(status('Asta Holm')).toContain(fill(da.passwordReset.takenWhat, { time: '09.00' }))
    expect(status('Asta Holm')).not.toContain(da.passwordReset.timeLeft)
    // Whoever has not done it after all is helped at once.
    await app.undo('Asta Holm')
    await app.giveNewPassword('Asta Holm')
    expect(status('Asta Holm')).toContain(`${da.passwordReset.timeLeft} 5:00`)
  })

  test('that the pupil has used shows when, and can be given again', async () => {
    const app = await atClass2A()
    await app.giveNewPassword('Asta Holm')
    await passTime(minutes(2))
    expect(await app.pupilSignsIn('Asta Holm')).toBe(true)
    await passTime(seconds(10))
    expect(status('Asta Holm')).toContain('Ny adgangskode sat kl. 09.02')
    expect(status('Asta Holm')).not.toContain('Tid tilbage')
    expect(app.hasRowButton('Fortryd', 'Asta Holm')).toBe(false)
    await app.giveNewPassword('Asta Holm')
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
  })

  test('that the pupil uses just before "Fortryd" is not taken back: the row says so', async () => {
    const app = await atClass2A()
    await app.giveNewPassword('Asta Holm')
    await passTime(seconds(30))
    await app.pupilSignsIn('Asta Holm')
    await app.undo('Asta Holm')
    expect(status('Asta Holm')).toContain(da.pupils.refusal.windowUsed)
    expect(status('Asta Holm')).toContain('Ny adgangskode sat kl. 09.00')
    expect(announced()).not.toContain(fill(da.passwordReset.undone, { name: 'Asta Holm' }))
    await app.press(row('Asta Holm'), da.common.dismiss)
    expect(status('Asta Holm')).not.toContain(da.pupils.refusal.windowUsed)
    expect(focus()).not.toBe('nothing')
  })

  test('starts a pupil who has never signed in', async () => {
    const app = await atClass2A()
    expect(status('Dicte Vestergaard')).toContain(da.pupils.neverSignedIn)
    expect(status('Dicte Vestergaard')).toContain(da.pupils.neverSignedInWhat)
    await app.giveNewPassword('Dicte Vestergaard')
    expect(status('Dicte Vestergaard')).toContain('Tid tilbage 5:00')
    await app.pupilSignsIn('Dicte Vestergaard')
    await passTime(seconds(10))
    expect(status('Dicte Vestergaard')).toContain('Ny adgangskode sat')
    expect(status('Dicte Vestergaard')).not.toContain(da.pupils.neverSignedIn)
  })

  test.each(['quick', 'slow'])('a %s double click gives it once and does not take it back', async (how) => {
    const app = await atClass2A()
    const button = app.rowButton('Giv ny adgangskode', 'Asta Holm')
    if (how === 'quick') await app.user.dblClick(button)
    else await app.doubleClick(button)
    expect(app.activity('giveNewPassword')).toHaveLength(1)
    expect(app.activity('cancelNewPassword')).toEqual([])
    expect(status('Asta Holm')).toMatch(/Tid tilbage (5:00|4:59)/)
  })

  test('given to several, one after the other, counts for each by itself', async () => {
    const app = await atClass2A()
    await app.giveNewPassword('Asta Holm')
    await passTime(seconds(60))
    await app.giveNewPassword('Dicte Vestergaard')
    expect(status('Asta Holm')).toContain('4:00')
    expect(status('Dicte Vestergaard')).toContain('5:00')
    expect(app.activity('giveNewPassword')).toHaveLength(2)
  })

  test('ends a step-up that is running', async () => {
    const app = await atClass2A()
    await app.stepUp('Asta Holm')
    await passTime(seconds(3))
    await app.giveNewPassword('Asta Holm')
    expect(status('Asta Holm')).not.toContain('To-faktor-adgang')
  })
})

describe('what a colleague does', () => {
  test('is seen at the next look, within 10 seconds', async () => {
    const app = await atClass2A()
    const mads = await app.colleague('mads5512')
    await mads.givesNewPassword('Asta Holm')
    await passTime(seconds(10))
    expect(status('Asta Holm')).toContain('Tid tilbage 4:50')
    app.rowButton('Fortryd', 'Asta Holm')

    await mads.undoesNewPassword('Asta Holm')
    await passTime(seconds(10))
    expect(status('Asta Holm')).toBe(da.pupils.nothingToTell)
  })

  test('taken back by both: the second is told that there was nothing to undo', async () => {
    const app = await atClass2A()
    const mads = await app.colleague('mads5512')
    await app.giveNewPassword('Asta Holm')
    await passTime(seconds(2))
    await mads.undoesNewPassword('Asta Holm')
    await app.undo('Asta Holm')
    expect(status('Asta Holm')).toContain(da.pupils.refusal.noWindow)
    app.rowButton('Giv ny adgangskode', 'Asta Holm')
  })
})

describe('ticking', () => {
  test('shows a bar with the number and what can be done; without ticks there is none', async () => {
    const app = await atClass2A()
    expect(noBar()).toBe(true)
    await app.tick('Asta Holm')
    expect(textOf(bar())).toContain(fill(da.pupils.selected_one, { count: 1 }))
    await app.tick('Dicte Vestergaard')
    expect(textOf(bar())).toContain(fill(da.pupils.selected_other, { count: 2 }))
    await app.tick('Asta Holm')
    await app.tick('Dicte Vestergaard')
    expect(noBar()).toBe(true)
  })

  test('with Shift takes everybody between, and lets them go in the same way', async () => {
    const app = await atClass2A()
    const names = rowNames()
    const [, second, , , fifth] = names
    if (!second || !fifth) throw new Error('2.A has become too small')
    await app.tick(second)
    await app.shiftTick(fifth)
    expect(ticked()).toEqual(names.slice(1, 5))
    await app.tick(fifth)
    await app.shiftTick(second)
    expect(ticked()).toEqual([])
  })

  test('with Shift works upwards, and keeps what was ticked elsewhere', async () => {
    const app = await atClass2A()
    const names = rowNames()
    const [first, , third, , fifth] = names
    if (!first || !third || !fifth) throw new Error('2.A has become too small')
    await app.tick(first)
    await app.tick(fifth)
    await app.shiftTick(third)
    expect(ticked()).toEqual([first, ...names.slice(2, 5)])
  })

  test('with Shift and nothing before it takes that one only', async () => {
    const app = await atClass2A()
    await app.shiftTick('Dicte Vestergaard')
    expect(ticked()).toEqual(['Dicte Vestergaard'])
  })

  test('by the keyboard works like by the mouse, ranges too', async () => {
    const app = await atClass2A()
    const box = (name: string) => within(row(name)).getByRole('checkbox')
    box('Asta Holm').focus()
    await app.user.keyboard(' ')
    expect(ticked()).toEqual(['Asta Holm'])
    box('Dicte Vestergaard').focus()
    await app.user.keyboard('{Shift>} {/Shift}')
    const names = rowNames()
    expect(ticked()).toEqual(names.slice(names.indexOf('Asta Holm'), names.indexOf('Dicte Vestergaard') + 1))
  })

  test('"Vælg alle" takes only those who can be helped and says who not, and why', async () => {
    const app = await atClass2A()
    await app.selectAll()
    const others = rowNames().filter((name) => !['Bertram Lund', 'Carla Nguyen'].includes(name))
    expect(ticked()).toEqual(others)
    expect(textOf(bar())).toContain(fill(da.pupils.selected_other, { count: others.length }))
    expect(textOf(bar())).toContain(
      fill(da.pupils.leftOut, {
        pupils: 'Bertram Lund (spærret) og Carla Nguyen (lokal loginløsning)',
      }),
    )
    await app.selectAll()
    expect(ticked()).toEqual([])
    expect(noBar()).toBe(true)
  })

  test('"Vælg alle" shows that some are ticked, and then takes the rest', async () => {
    const app = await atClass2A()
    const box = screen.getByLabelText<HTMLInputElement>('Vælg alle')
    expect([box.checked, box.indeterminate]).toEqual([false, false])
    await app.tick('Asta Holm')
    expect([box.checked, box.indeterminate]).toEqual([false, true])
    await app.selectAll()
    expect([box.checked, box.indeterminate]).toEqual([true, false])
    expect(ticked().length).toBe(rowNames().length - 2)
  })

  test('"Vælg alle" counts nobody who was ticked and has left the class', async () => {
    await atClass2A()
    const box = screen.getByLabelText<HTMLInputElement>('Vælg alle')
    act(() => select('birkeskolen-2a', ['somebody-who-has-left']))
    expect(box.indeterminate).toBe(false)
    expect(noBar()).toBe(true)
  })

  test('"Ryd valg" lets all go and puts the focus somewhere useful', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.pressInBar(da.pupils.clearSelection)
    expect(noBar()).toBe(true)
    expect(focus()).toBe('2.A')
  })

  test('is remembered for the class while one looks at another', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.goToMyClasses()
    await app.openClass('4.B')
    expect(ticked()).toEqual([])
    expect(noBar()).toBe(true)
    await app.goToMyClasses()
    await app.openClass('2.A')
    expect(ticked()).toEqual(['Asta Holm'])
  })
})

describe('a new password for many', () => {
  const tickFour = async (app: RenderedApp) => {
    for (const name of ['Asta Holm', 'Bertram Lund', 'Carla Nguyen', 'Dicte Vestergaard'])
      await app.tick(name)
  }

  test('is asked about once, naming those left out and why', async () => {
    const app = await atClass2A()
    await tickFour(app)
    await app.pressInBar('Giv ny adgangskode')
    const question = dialog()
    within(question).getByRole('heading', { name: fill(da.passwordReset.confirmTitle_other, { count: 2 }) })
    expect(textOf(question)).toContain(da.passwordReset.confirmText)
    expect(textOf(question)).toContain(fill(da.passwordReset.leftOutTitle_other, { count: 2 }))
    expect(
      within(question)
        .getAllByRole('listitem')
        .map((item) => textOf(item)),
    ).toEqual(['Bertram Lund (spærret)', 'Carla Nguyen (lokal loginløsning)'])
    expect(app.activity('giveNewPassword')).toEqual([])
  })

  test('is given to those who can get it; a report says how it went, and those left out are still ticked', async () => {
    const app = await atClass2A()
    await tickFour(app)
    await app.pressInBar('Giv ny adgangskode')
    await app.pressInDialog('Giv ny adgangskode')
    noDialog()
    expect(app.activity('giveNewPassword').map(({ pupilId, outcome }) => [pupilId, outcome])).toEqual([
      [app.pupil('Asta Holm').id, 'done'],
      [app.pupil('Dicte Vestergaard').id, 'done'],
    ])
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
    expect(status('Dicte Vestergaard')).toContain('Tid tilbage 5:00')
    expect(status('Bertram Lund')).not.toContain('Tid tilbage')
    const words = fill(da.passwordReset.givenMany_other, { count: 2 })
    expect(pageText()).toContain(words)
    const answered = screen.getAllByRole('listitem').map((item) => textOf(item))
    expect(answered).toContain(`Bertram Lund: ${da.pupils.refusal.blocked}`)
    expect(answered).toContain(`Carla Nguyen: ${da.pupils.refusal.localLogin}`)
    expect(ticked()).toEqual(['Bertram Lund', 'Carla Nguyen'])
    expect(focus()).not.toBe('nothing')
  })

  test.each(['Annullér', '{Escape}'])(
    'is not given when the answer is %s, and the ticks stay',
    async (no) => {
      const app = await atClass2A()
      await tickFour(app)
      await app.pressInBar('Giv ny adgangskode')
      if (no === '{Escape}') await app.user.keyboard(no)
      else await app.pressInDialog(no)
      noDialog()
      expect(app.activity('giveNewPassword')).toEqual([])
      expect(ticked()).toHaveLength(4)
      expect(focus()).toBe('Giv ny adgangskode')
    },
  )

  test('for all: one request, one entry for each', async () => {
    const app = await atClass2A()
    await app.selectAll()
    const names = ticked()
    await app.pressInBar('Giv ny adgangskode')
    await app.pressInDialog('Giv ny adgangskode')
    const entries = app.activity('giveNewPassword')
    expect(entries.map(({ pupilId }) => pupilId)).toEqual(names.map((name) => app.pupil(name).id))
    expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(1)
    expect(noBar()).toBe(true)
    for (const name of names) expect(status(name)).toContain('Tid tilbage 5:00')
  })

  test('of whom only one can get it: the question names the others', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.tick('Bertram Lund')
    await app.pressInBar('Giv ny adgangskode')
    within(dialog()).getByRole('heading', { name: fill(da.passwordReset.confirmTitle_one, { count: 1 }) })
    expect(textOf(dialog())).toContain(fill(da.passwordReset.leftOutTitle_one, { count: 1 }))
    await app.pressInDialog('Giv ny adgangskode')
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
    expect(ticked()).toEqual(['Bertram Lund'])
  })

  test('of whom nobody can get it: said, and there is nothing to confirm', async () => {
    const app = await atClass2A()
    await app.tick('Bertram Lund')
    await app.tick('Carla Nguyen')
    await app.pressInBar('Giv ny adgangskode')
    within(dialog()).getByRole('heading', { name: da.passwordReset.confirmNobody })
    expect(within(dialog()).queryByRole('button', { name: 'Giv ny adgangskode' })).toBeNull()
    await app.pressInDialog('Luk')
    noDialog()
    expect(app.activity('giveNewPassword')).toEqual([])
  })

  test('of one who is ticked alone needs no question', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.pressInBar('Giv ny adgangskode')
    noDialog()
    expect(status('Asta Holm')).toContain('Tid tilbage 5:00')
    expect(ticked()).toEqual([])
    expect(focus()).not.toBe('nothing')
  })

  test('the only one ticked is blocked: the reason, not a silent nothing', async () => {
    const app = await atClass2A()
    await app.tick('Bertram Lund')
    await app.pressInBar('Giv ny adgangskode')
    expect(textOf(dialog())).toContain('Bertram Lund (spærret)')
  })

  test('warns that running step-ups end', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.tick('Dicte Vestergaard')
    await app.pressInBar('Giv ny adgangskode')
    expect(textOf(dialog())).not.toContain(da.passwordReset.confirmEndsStepUp)
    await app.pressInDialog('Annullér')
    await app.stepUp('Asta Holm')
    await app.pressInBar('Giv ny adgangskode')
    expect(textOf(dialog())).toContain(da.passwordReset.confirmEndsStepUp)
  })

  test('reports who was blocked meanwhile, and keeps the tick', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.tick('Dicte Vestergaard')
    const dicte = app.pupil('Dicte Vestergaard')
    await app.school.store.transaction((unit) =>
      unit.savePupil({ ...dicte, block: blockSince(app.school.clock.now()) }),
    )
    await app.pressInBar('Giv ny adgangskode')
    await app.pressInDialog('Giv ny adgangskode')
    const main = textOf(screen.getByRole('main'))
    expect(main).toContain(fill(da.passwordReset.given, { name: 'Asta Holm' }))
    expect(main).toContain(`Dicte Vestergaard: ${da.pupils.refusal.blocked}`)
    expect(ticked()).toEqual(['Dicte Vestergaard'])
    expect(status('Dicte Vestergaard')).toContain(da.pupils.blocked)
  })

  test('reports who has left the class meanwhile, by name', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.tick('Dicte Vestergaard')
    const dicte = app.pupil('Dicte Vestergaard')
    await app.school.store.transaction((unit) => unit.savePupil({ ...dicte, active: false }))
    await app.pressInBar('Giv ny adgangskode')
    await app.pressInDialog('Giv ny adgangskode')
    expect(textOf(screen.getByRole('main'))).toContain(`Dicte Vestergaard: ${da.pupils.refusal.notFound}`)
    await passTime(seconds(10))
    expect(rowNames()).not.toContain('Dicte Vestergaard')
    expect(noBar()).toBe(true)
  })

  test('a double click on the answer gives it once', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.tick('Dicte Vestergaard')
    await app.pressInBar('Giv ny adgangskode')
    await app.user.dblClick(within(dialog()).getByRole('button', { name: 'Giv ny adgangskode' }))
    expect(app.activity('giveNewPassword')).toHaveLength(2)
  })

  test('the report can be closed, and the focus goes on', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.tick('Dicte Vestergaard')
    await app.pressInBar('Giv ny adgangskode')
    await app.pressInDialog('Giv ny adgangskode')
    const words = fill(da.passwordReset.givenMany_other, { count: 2 })
    expect(textOf(screen.getByRole('main'))).toContain(words)
    await app.press(screen.getByRole('main'), 'Luk')
    expect(textOf(screen.getByRole('main'))).not.toContain(words)
    expect(focus()).toBe('2.A')
  })

  test('is said once, not twice, to those who do not see it', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.tick('Dicte Vestergaard')
    await app.pressInBar('Giv ny adgangskode')
    await app.pressInDialog('Giv ny adgangskode')
    const words = fill(da.passwordReset.givenMany_other, { count: 2 })
    expect(timesTold(words)).toBe(1)
  })

  test('in English', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821', language: 'en' })
    await app.selectAll()
    expect(textOf(bar())).toContain('Bertram Lund (blocked) and Carla Nguyen (local login)')
    await app.pressInBar('Give new password')
    await app.pressInDialog('Give new password')
    const count = namesIn(app.school, 'birkeskolen-2a').length - 2
    expect(pageText()).toContain(fill(en.passwordReset.givenMany_other, { count }))
  })
})

describe('who cannot get a new password', () => {
  test.each([
    [
      'Bertram Lund',
      `${da.pupils.blocked}${da.pupils.blockReason.passwordKnown}${fill(da.pupils.blockedSince, { since: '17. november' })}`,
      da.pupils.blockedWhat,
    ],
    ['Carla Nguyen', da.pupils.localLogin, da.pupils.localLoginWhat],
  ])(
    '%s: the reason and what to do stand in the row, and there is no button for it',
    async (name, why, what) => {
      const app = await atClass2A()
      expect(status(name)).toBe(`${why}${what}`)
      expect(app.hasRowButton('Giv ny adgangskode', name)).toBe(false)
      app.rowButton('Vis brugernavn', name)
    },
  )

  test('a blocked pupil cannot be stepped up either, one with a local login can', async () => {
    const app = await atClass2A()
    expect(app.hasRowButton('Giv to-faktor-adgang', 'Bertram Lund')).toBe(false)
    app.rowButton('Giv to-faktor-adgang', 'Carla Nguyen')
  })

  test('when everyone is blocked, "Vælg alle" takes nobody, and each row says why', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821', scenario: 'everyoneBlocked' })
    for (const name of rowNames()) {
      expect(status(name)).toContain(da.pupils.blockedWhat)
      expect(app.hasRowButton('Giv ny adgangskode', name)).toBe(false)
    }
    const box = screen.getByLabelText('Vælg alle')
    await app.selectAll()
    expect(ticked()).toEqual([])
    const why = document.getElementById(box.getAttribute('aria-describedby') ?? '')
    expect(textOf(why)).toBe(da.pupils.nobodyToSelect)
  })

  test('where only one can be helped, "Vælg alle" takes that one and names the others', async () => {
    const app = await renderApp({
      at: CLASS_2A,
      as: 'lone4821',
      scenario: 'everyoneBlocked',
      school: (school) => ({
        ...school,
        pupils: school.pupils.map((pupil) =>
          pupil.name === 'Asta Holm' ? { ...pupil, block: null } : pupil,
        ),
      }),
    })
    await app.selectAll()
    expect(ticked()).toEqual(['Asta Holm'])
    expect(textOf(bar())).toContain('Bertram Lund (spærret)')
    expect(pageText()).not.toContain(da.pupils.nobodyToSelect)
  })

  test('a pupil with name and address protection is shown by alias only', async () => {
    const app = await renderApp({ at: GERMAN_8, as: 'lone4821' })
    expect(textOf(row('Elev 31'))).toContain(da.pupils.protected)
    expect(document.documentElement.outerHTML).not.toContain(app.pupil('Elev 31').name)
    await app.giveNewPassword('Elev 31')
    expect(status('Elev 31')).toContain('Tid tilbage 5:00')
    expect(document.documentElement.outerHTML).not.toContain(app.pupil('Elev 31').name)
  })
})

describe('every status', () => {
  test('of a busy class is told in words with its time', async () => {
    await renderApp({ at: CLASS_2A, as: 'lone4821', scenario: 'busyClass' })
    const all = rowNames().map(status).join('\n')
    expect(all).toContain('Tid tilbage 4:12')
    expect(all).toContain('Ny adgangskode sat kl. 08.56')
    expect(all).toContain('Tiden løb ud kl. 08.56')
    expect(all).toContain('To-faktor-adgang til kl. 10.58 1:58 timer tilbage')
    expect(all).toContain('To-faktor-adgang til kl. 09.42 42 min. tilbage')
    expect(all).toContain(da.pupils.blocked)
    expect(all).toContain(da.pupils.localLogin)
    expect(all).toContain(da.pupils.neverSignedIn)
    for (const name of rowNames()) expect(status(name)).not.toBe('')
  })

  test('who must change password: by when and why', async () => {
    await renderApp({ at: CLASS_4B, as: 'lone4821' })
    expect(status('Freja Åkjær')).toBe(fill(da.pupils.mustChange.movedUp, { date: '8. december' }))
    expect(status('Gustav Petersen')).toBe(fill(da.pupils.policyOverridden, { policy: da.pupils.indskoling }))
  })

  test('whose password is a year old soon', async () => {
    await renderApp({ at: GERMAN_8, as: 'lone4821' })
    expect(status('Hannah Al-Amin')).toBe(fill(da.pupils.mustChange.yearly, { date: '2. december' }))
  })
})
