import { screen, within } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { startStepUp } from '../../server/step-up/rules'
import type { SchoolData } from '../../server/store/memory'
import { hours, type Instant } from '../../server/time'
import { CLASS_2A, GERMAN_8, namesIn, type RenderedApp, renderApp } from './render-app'
import { minutes, passTime, seconds, sleepComputer } from './time'
import {
  announced,
  bar,
  dialog,
  focus,
  noDialog,
  noQueue,
  pageText,
  queue,
  rowNames,
  status,
  textOf,
  ticked,
  timesTold,
} from './verbs'
import { da, en, fill } from './words'

const atClass2A = () => renderApp({ at: CLASS_2A, as: 'lone4821' })

/** Asta was stepped up so long ago. */
const steppedUpSince = (ago: number) => (school: SchoolData, now: Instant) => ({
  ...school,
  stepUps: school.pupils
    .filter(({ username }) => username === 'asta2011')
    .map(({ id }) => startStepUp(id, 's-lone', now - ago)),
})

const stepUpOf = ({ school, pupil }: RenderedApp, name: string) =>
  school.store.snapshot().stepUps.find(({ pupilId }) => pupilId === pupil(name).id)

describe('a step-up for one pupil', () => {
  test('is given by one press in the row, for 2 hours', async () => {
    const app = await atClass2A()
    await app.stepUp('Asta Holm')
    noDialog()
    expect(status('Asta Holm')).toBe('To-faktor-adgang til kl. 11.00 2:00 timer tilbage')
    expect(stepUpOf(app, 'Asta Holm')).toMatchObject({ startedBy: 's-lone', endedAt: null })
    expect(app.activity('stepUp', 'Asta Holm')).toHaveLength(1)
    expect(announced()).toContain(fill(da.stepUp.given, { name: 'Asta Holm' }))
    expect(focus()).toBe('Afslut to-faktor-adgang for Asta Holm')
  })

  test('counts hours and minutes, started minutes whole', async () => {
    const app = await atClass2A()
    await app.stepUp('Asta Holm')
    await passTime(minutes(1) - 1)
    expect(status('Asta Holm')).toContain('2:00 timer tilbage')
    await passTime(1)
    expect(status('Asta Holm')).toContain('1:59 timer tilbage')
  })

  test('counts minutes alone in the last hour', async () => {
    await renderApp({ at: CLASS_2A, as: 'lone4821', school: steppedUpSince(minutes(59) - seconds(1)) })
    expect(status('Asta Holm')).toContain('1:02 timer tilbage')
    await passTime(minutes(1) + seconds(1) - 1)
    expect(status('Asta Holm')).toContain('1:01 timer tilbage')
    await passTime(1)
    expect(status('Asta Holm')).toContain('60 min. tilbage')
  })

  test('ends at 2:00:00 sharp, not at 1:59:59', async () => {
    const app = await renderApp({
      at: CLASS_2A,
      as: 'lone4821',
      school: steppedUpSince(hours(2) - seconds(2)),
    })
    expect(status('Asta Holm')).toBe('To-faktor-adgang til kl. 09.00 1 min. tilbage')
    await passTime(seconds(1))
    expect(status('Asta Holm')).toContain('1 min. tilbage')
    await passTime(seconds(1) - 1)
    expect(status('Asta Holm')).toContain('1 min. tilbage')
    await passTime(1)
    expect(status('Asta Holm')).toBe(da.pupils.nothingToTell)
    app.rowButton('Giv to-faktor-adgang', 'Asta Holm')
  })

  test('that ended while the computer slept is gone when it wakes', async () => {
    const app = await renderApp({
      at: CLASS_2A,
      as: 'lone4821',
      school: steppedUpSince(hours(2) - minutes(5)),
    })
    await sleepComputer(minutes(6))
    await passTime(seconds(10))
    expect(status('Asta Holm')).toBe(da.pupils.nothingToTell)
    app.rowButton('Giv to-faktor-adgang', 'Asta Holm')
  })

  test('can be ended early', async () => {
    const app = await atClass2A()
    await app.stepUp('Asta Holm')
    await passTime(seconds(5))
    await app.endStepUp('Asta Holm')
    expect(status('Asta Holm')).toBe(da.pupils.nothingToTell)
    expect(stepUpOf(app, 'Asta Holm')?.endedAt).not.toBeNull()
    expect(app.activity('endStepUp', 'Asta Holm')).toHaveLength(1)
    expect(announced()).toContain(fill(da.stepUp.ended, { name: 'Asta Holm' }))
    expect(focus()).toBe('Giv to-faktor-adgang for Asta Holm')
  })

  test('that a colleague ended first is told as such', async () => {
    const app = await atClass2A()
    await app.stepUp('Asta Holm')
    await passTime(seconds(5))
    await (await app.colleague('mads5512')).endsStepUp('Asta Holm')
    await app.endStepUp('Asta Holm')
    expect(status('Asta Holm')).toContain(da.pupils.refusal.notSteppedUp)
    expect(status('Asta Holm')).not.toContain('To-faktor-adgang til')
    app.rowButton('Giv to-faktor-adgang', 'Asta Holm')
  })

  test.each(['quick', 'slow'])('a %s double click gives it once and does not end it', async (how) => {
    const app = await atClass2A()
    const button = app.rowButton('Giv to-faktor-adgang', 'Asta Holm')
    if (how === 'quick') await app.user.dblClick(button)
    else await app.doubleClick(button)
    expect(app.activity('stepUp')).toHaveLength(1)
    expect(app.activity('endStepUp')).toEqual([])
    expect(status('Asta Holm')).toContain('To-faktor-adgang til')
  })

  test('in English', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821', language: 'en' })
    await app.stepUp('Asta Holm')
    expect(pageText()).toContain('Stepped up until 11:00 2:00 hours left')
    await passTime(seconds(5))
    await app.endStepUp('Asta Holm')
    expect(pageText()).not.toContain('Stepped up until')
  })
})

describe('a step-up for many', () => {
  test('who are ticked is asked about once, naming those left out', async () => {
    const app = await atClass2A()
    for (const name of ['Asta Holm', 'Bertram Lund', 'Carla Nguyen']) await app.tick(name)
    await app.pressInBar('Giv to-faktor-adgang')
    within(dialog()).getByRole('heading', { name: fill(da.stepUp.confirmTitle_other, { count: 2 }) })
    expect(textOf(dialog())).toContain(da.stepUp.confirmText)
    expect(textOf(dialog())).toContain('Bertram Lund (spærret)')
    expect(textOf(dialog())).not.toContain('Carla Nguyen')
    expect(app.activity('stepUp')).toEqual([])

    await app.pressInDialog('Giv to-faktor-adgang')
    noDialog()
    expect(status('Asta Holm')).toContain('To-faktor-adgang til kl. 11.00')
    expect(status('Carla Nguyen')).toContain('To-faktor-adgang til kl. 11.00')
    expect(textOf(screen.getByRole('main'))).toContain(fill(da.stepUp.givenMany_other, { count: 2 }))
    expect(app.activity('stepUp')).toHaveLength(2)
    expect(ticked()).toEqual(['Bertram Lund'])
    expect(focus()).not.toBe('nothing')
  })

  test('of one who is ticked alone needs no question', async () => {
    const app = await atClass2A()
    await app.tick('Asta Holm')
    await app.pressInBar('Giv to-faktor-adgang')
    noDialog()
    expect(status('Asta Holm')).toContain('To-faktor-adgang til')
  })

  test('the whole class: asked about once, then everybody but those blocked', async () => {
    const app = await atClass2A()
    await app.press(screen.getByRole('main'), da.stepUp.giveClass)
    const count = namesIn(app.school, 'birkeskolen-2a').length - 1
    within(dialog()).getByRole('heading', { name: fill(da.stepUp.confirmTitle_other, { count }) })
    expect(textOf(dialog())).toContain('Bertram Lund (spærret)')
    await app.pressInDialog('Giv to-faktor-adgang')
    expect(app.activity('stepUp')).toHaveLength(count)
    for (const name of rowNames().filter((each) => each !== 'Bertram Lund')) {
      expect(status(name)).toContain('To-faktor-adgang til kl. 11.00')
    }
    expect(status('Bertram Lund')).not.toContain('To-faktor-adgang til')
  })

  test('the whole group is called a group', async () => {
    const app = await renderApp({ at: GERMAN_8, as: 'lone4821' })
    await app.press(screen.getByRole('main'), da.stepUp.giveGroup)
    const count = namesIn(app.school, 'birkeskolen-tysk-8').length
    within(dialog()).getByRole('heading', { name: fill(da.stepUp.confirmTitle_other, { count }) })
  })

  test('the whole class keeps the ticks that are set for something else', async () => {
    const app = await atClass2A()
    await app.tick('Bertram Lund')
    await app.press(screen.getByRole('main'), da.stepUp.giveClass)
    await app.pressInDialog('Giv to-faktor-adgang')
    expect(ticked()).toEqual(['Bertram Lund'])
  })

  test('can be ended early for those ticked who have one', async () => {
    const app = await atClass2A()
    await app.stepUp('Asta Holm')
    await passTime(seconds(1))
    await app.tick('Dicte Vestergaard')
    expect(within(bar()).queryByRole('button', { name: 'Afslut to-faktor-adgang' })).toBeNull()
    await app.tick('Asta Holm')
    await app.pressInBar('Afslut to-faktor-adgang')
    expect(status('Asta Holm')).not.toContain('To-faktor-adgang')
    expect(app.activity('endStepUp')).toHaveLength(1)
    expect(ticked()).toEqual(['Dicte Vestergaard'])
  })
})

describe('a pupil who waits for approval', () => {
  test('stands above the class: who, what for, the code to compare, and since when', async () => {
    await atClass2A()
    within(queue()).getByRole('heading', { name: fill(da.stepUp.waitingTitle_one, { count: 1 }) })
    expect(textOf(queue())).toContain('Emil Østergaard vil åbne Aula · kode 47 for 12 sek. siden')
    expect(status('Emil Østergaard')).toBe('Venter på godkendelse')
    expect(within(queue()).queryByRole('button', { name: 'Godkend alle' })).toBeNull()
  })

  test('waits longer and longer, in seconds and then in minutes', async () => {
    await atClass2A()
    await passTime(seconds(47))
    expect(textOf(queue())).toContain('for 59 sek. siden')
    await passTime(seconds(1))
    expect(textOf(queue())).toContain('for 1 min. siden')
    await passTime(minutes(1))
    expect(textOf(queue())).toContain('for 2 min. siden')
  })

  test('is no longer asked about after 15 minutes', async () => {
    await atClass2A()
    await passTime(minutes(15) - seconds(12) - 1)
    expect(status('Emil Østergaard')).toBe('Venter på godkendelse')
    await passTime(seconds(10))
    expect(noQueue()).toBe(true)
    expect(status('Emil Østergaard')).toBe(da.pupils.nothingToTell)
  })

  test('approved: stepped up for 2 hours, the box is gone and the focus is not lost', async () => {
    const app = await atClass2A()
    await app.approve('Emil Østergaard')
    expect(noQueue()).toBe(true)
    expect(status('Emil Østergaard')).toBe('To-faktor-adgang til kl. 11.00 2:00 timer tilbage')
    expect(app.activity('approveStepUpRequest', 'Emil Østergaard')).toHaveLength(1)
    expect(announced()).toContain(fill(da.stepUp.given, { name: 'Emil Østergaard' }))
    expect(focus()).toBe('2.A')
  })

  test('declined: not stepped up, and said', async () => {
    const app = await atClass2A()
    await app.decline('Emil Østergaard')
    expect(noQueue()).toBe(true)
    expect(status('Emil Østergaard')).toBe(da.pupils.nothingToTell)
    expect(stepUpOf(app, 'Emil Østergaard')).toBeUndefined()
    expect(app.activity('declineStepUpRequest', 'Emil Østergaard')).toHaveLength(1)
    expect(announced()).toContain(fill(da.stepUp.declined, { name: 'Emil Østergaard' }))
    expect(focus()).toBe('2.A')
  })

  test('is approved by a step-up from the row as well', async () => {
    const app = await atClass2A()
    await app.stepUp('Emil Østergaard')
    expect(noQueue()).toBe(true)
    expect(status('Emil Østergaard')).toContain('To-faktor-adgang til')
    expect(focus()).toBe('Afslut to-faktor-adgang for Emil Østergaard')
  })

  test('answered by the keyboard', async () => {
    const app = await atClass2A()
    within(queue()).getByRole('button', { name: 'Godkend for Emil Østergaard' }).focus()
    await app.user.keyboard('{Enter}')
    expect(status('Emil Østergaard')).toContain('To-faktor-adgang til')
    expect(focus()).toBe('2.A')
  })

  test.each(['quick', 'slow'])('a %s double click approves once', async (how) => {
    const app = await atClass2A()
    const button = within(queue()).getByRole('button', { name: 'Godkend for Emil Østergaard' })
    if (how === 'quick') await app.user.dblClick(button)
    else await app.doubleClick(button)
    expect(app.activity('approveStepUpRequest')).toHaveLength(1)
    expect(app.activity('endStepUp')).toEqual([])
  })

  test('whom a colleague has answered meanwhile: said, and nothing happens twice', async () => {
    const app = await atClass2A()
    await (await app.colleague('mads5512')).stepsUp('Emil Østergaard')
    await app.decline('Emil Østergaard')
    expect(pageText()).toContain(da.pupils.refusal.notWaiting)
    expect(status('Emil Østergaard')).toContain('To-faktor-adgang til')
    expect(announced()).not.toContain(fill(da.stepUp.declined, { name: 'Emil Østergaard' }))
    expect(noQueue()).toBe(true)
  })

  test('who asks while the page is open appears at the next look', async () => {
    const app = await atClass2A()
    await app.school.command({ do: 'askForStepUp', username: 'asta2011' })
    await passTime(seconds(10))
    within(queue()).getByRole('heading', { name: fill(da.stepUp.waitingTitle_other, { count: 2 }) })
    expect(status('Asta Holm')).toBe('Venter på godkendelse')
  })

  test('in English', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821', language: 'en' })
    expect(textOf(queue())).toContain('Emil Østergaard wants to open Aula · code 47 12 sec ago')
    await app.approve('Emil Østergaard')
    expect(announced()).toContain(fill(en.stepUp.given, { name: 'Emil Østergaard' }))
  })
})

describe('a queue of pupils', () => {
  const atQueue = () => renderApp({ at: CLASS_2A, as: 'lone4821', scenario: 'queueWaiting' })
  const inQueue = () =>
    within(queue())
      .getAllByRole('listitem')
      .map((item) => textOf(item.querySelector('strong')))

  test('stands in the order in which they began to wait', async () => {
    const app = await atQueue()
    const { stepUpRequests, pupils } = app.school.store.snapshot()
    const names = stepUpRequests
      .toSorted((a, b) => a.requestedAt - b.requestedAt)
      .map(({ pupilId }) => pupils.find(({ id }) => id === pupilId)?.name)
    expect(inQueue()).toEqual(names)
    expect(names).toHaveLength(12)
  })

  test('one answered, the focus goes to the next who waits', async () => {
    const app = await atQueue()
    const [first = '', second = ''] = inQueue()
    await app.approve(first)
    expect(inQueue()[0]).toBe(second)
    expect(focus()).toBe(`Godkend for ${second}`)
  })

  test('"Godkend alle" approves exactly those who are shown; who comes later waits on', async () => {
    const app = await atQueue()
    const shown = inQueue()
    const late = rowNames().find(
      (name) => !shown.includes(name) && name !== 'Bertram Lund' && status(name) === da.pupils.nothingToTell,
    )
    if (!late) throw new Error('nobody is left to come late')
    await app.school.command({ do: 'askForStepUp', username: app.pupil(late).username })
    await app.approveAll()
    expect(app.activity('approveStepUpRequest')).toHaveLength(12)
    for (const name of shown) expect(status(name)).toContain('To-faktor-adgang til kl. 11.00')
    await passTime(seconds(10))
    expect(inQueue()).toEqual([late])
    expect(stepUpOf(app, late)).toBeUndefined()
  })

  test('"Godkend alle" says how it went, once, and the focus is not lost', async () => {
    const app = await atQueue()
    await app.approveAll()
    const words = fill(da.stepUp.givenMany_other, { count: 12 })
    expect(timesTold(words)).toBe(1)
    expect(noQueue()).toBe(true)
    expect(focus()).not.toBe('nothing')
  })

  test('"Godkend alle" tells of each who could not be approved, and why', async () => {
    const app = await atQueue()
    const [first = ''] = inQueue()
    await (await app.colleague('mads5512')).stepsUp(first)
    await app.approveAll()
    expect(pageText()).toContain(fill(da.stepUp.givenMany_other, { count: 11 }))
    expect(textOf(screen.getByRole('main'))).toContain(`${first}: ${da.pupils.refusal.notWaiting}`)
  })

  test('a double click on "Godkend alle" approves each once', async () => {
    const app = await atQueue()
    await app.user.dblClick(within(queue()).getByRole('button', { name: 'Godkend alle' }))
    expect(app.activity('approveStepUpRequest')).toHaveLength(12)
  })
})
