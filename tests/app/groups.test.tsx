import { screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { CLASS_2A, CLASS_8A, GERMAN_8, namesIn, type RenderedApp, renderApp } from './render-app'
import { passTime, seconds } from './time'
import { announced, pageText, row, rowNames, shownUsername, status, textOf, ticked } from './verbs'
import { da, fill } from './words'

describe('a group', () => {
  test('is a page like a class: its pupils in Danish order, each with the own class', async () => {
    const app = await renderApp({ at: GERMAN_8, as: 'lone4821' })
    const names = namesIn(app.school, 'birkeskolen-tysk-8')
    expect(rowNames()).toEqual(names.toSorted(new Intl.Collator('da').compare))
    const of8A = new Set(namesIn(app.school, 'birkeskolen-8a'))
    for (const name of names) {
      expect(textOf(row(name))).toContain(`Klasse ${of8A.has(name) ? '8.A' : '8.B'}`)
    }
    expect(document.title).toBe('(1) Tysk 8 – Elevadgang')
  })

  test('shows the classes in English, too', async () => {
    await renderApp({ at: GERMAN_8, as: 'lone4821', language: 'en' })
    expect(textOf(row('Hannah Al-Amin'))).toContain('Class 8.A')
  })

  test('does for a pupil what a class does', async () => {
    const app = await renderApp({ at: GERMAN_8, as: 'lone4821' })
    await app.giveNewPassword('Hannah Al-Amin')
    await app.stepUp('Elev 31')
    await app.showUsername('Elev 31')
    expect(status('Hannah Al-Amin')).toContain('Tid tilbage 5:00')
    expect(status('Elev 31')).toContain('To-faktor-adgang til')
    expect(shownUsername('Elev 31')).toContain('elev8031')
    expect(announced()).toContain(fill(da.pupils.revealed, { name: 'Elev 31' }))
  })

  test('a class does not say which class each pupil is in', async () => {
    await renderApp({ at: CLASS_2A, as: 'lone4821' })
    expect(textOf(screen.getByRole('table'))).not.toContain('Klasse 2.A')
  })
})

describe('the same pupil in a class and a group', () => {
  const atClass8A = () => renderApp({ at: CLASS_8A, as: 'lone4821', scenario: 'sharedPupils' })
  const toGerman = async (app: RenderedApp) => {
    await app.goToMyClasses()
    await app.openClass('Tysk 8')
  }

  test('has the same state in both, at once', async () => {
    const app = await atClass8A()
    await toGerman(app)
    await app.goToMyClasses()
    await app.openClass('8.A')
    await app.giveNewPassword('Hannah Al-Amin')
    await toGerman(app)
    expect(status('Hannah Al-Amin')).toContain('Tid tilbage 5:00')
    await passTime(seconds(3))
    await app.undo('Hannah Al-Amin')
    await app.goToMyClasses()
    await app.openClass('8.A')
    expect(status('Hannah Al-Amin')).not.toContain('Tid tilbage')
  })

  test('is at once right in the class that was looked at before, without waiting for an answer', async () => {
    const app = await atClass8A()
    await toGerman(app)
    await app.giveNewPassword('Hannah Al-Amin')
    const states = app.queryClient
      .getQueriesData<{ pupils: { name: string; status: { resetWindow: unknown } }[] }>({
        queryKey: ['class'],
      })
      .map(([, list]) => list?.pupils.find(({ name }) => name === 'Hannah Al-Amin')?.status.resetWindow)
    expect(states).toHaveLength(2)
    for (const state of states) expect(state).toMatchObject({ state: 'open' })
  })

  test('counts in both, but is one pupil: what is done is logged once', async () => {
    const app = await atClass8A()
    await app.stepUp('Hannah Al-Amin')
    await toGerman(app)
    expect(status('Hannah Al-Amin')).toContain('To-faktor-adgang til')
    expect(app.activity('stepUp', 'Hannah Al-Amin')).toHaveLength(1)
  })

  test('is ticked in each by itself', async () => {
    const app = await atClass8A()
    await app.tick('Hannah Al-Amin')
    await toGerman(app)
    expect(ticked()).toEqual([])
  })

  test('who waits is counted in both, and answered in one is answered in both', async () => {
    const app = await atClass8A()
    await app.school.command({ do: 'askForStepUp', username: 'hann8011' })
    await app.goToMyClasses()
    const cards = () => screen.getAllByRole('listitem').map((item) => textOf(item))
    await passTime(seconds(10))
    expect(cards().filter((card) => /^(8\.A|Tysk 8).*1 venter$/.test(card))).toHaveLength(2)
    await app.openClass('Tysk 8')
    await app.approve('Hannah Al-Amin')
    await app.goToMyClasses()
    expect(cards().filter((card) => /^(8\.A|Tysk 8).*venter$/.test(card))).toEqual([])
  })
})

test('a big school of 1,500 pupils opens a class and finds a pupil', async () => {
  const app = await renderApp({ at: CLASS_2A, as: 'lone4821', scenario: 'bigSchool' })
  expect(rowNames()).toHaveLength(25)
  await app.search('a')
  expect(app.hits()).toHaveLength(8)
  expect(pageText()).toMatch(/De første 8 af [\d.]+ elever/)
})
