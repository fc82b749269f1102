import { screen, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { describe, expect, test } from 'vitest'
import noClasses from '../../locales/da/noClasses.json'
import { server } from '../../mocks/node'
import { failCalls, hold, problem, REQUEST_ID } from './problems'
import { CLASS_2A, MY_CLASSES, namesIn, renderApp } from './render-app'
import { minutes, passTime, seconds, until } from './time'
import { alertText, heading, noQueue, pageText, queue, rowNames, textOf } from './verbs'
import { da, fill } from './words'

/** A first request that fails is sent once more by itself. */
const FIRST_AND_AGAIN = 2

/** The cards of the classes, as they are read; the queue above them is a list of its own. */
const cards = () =>
  within(screen.getByRole('main'))
    .queryAllByRole('listitem')
    .filter((item) => noQueue() || !queue().contains(item))
    .map((item) => textOf(item))

describe('the classes of a teacher', () => {
  test('name, kind, number of pupils and how many wait, in order', async () => {
    const { school } = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    heading('Mine klasser')
    const count = (classId: string) => namesIn(school, classId).length
    expect(cards()).toEqual([
      `2.A${count('birkeskolen-2a')} elever1 venter`,
      `4.B${count('birkeskolen-4b')} elever`,
      `Tysk 8Hold · ${count('birkeskolen-tysk-8')} elever`,
    ])
  })

  test('in English', async () => {
    const { school } = await renderApp({ at: MY_CLASSES, as: 'lone4821', language: 'en' })
    const count = (classId: string) => namesIn(school, classId).length
    expect(cards()[0]).toBe(`2.A${count('birkeskolen-2a')} pupils1 waiting`)
    expect(cards()[2]).toBe(`Tysk 8Group · ${count('birkeskolen-tysk-8')} pupils`)
  })

  test('each leads to its pupils, with the class in the title', async () => {
    const { openClass, school } = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    await openClass('2.A')
    expect(location.pathname).toBe(CLASS_2A)
    expect(document.title).toBe('(1) 2.A – Elevadgang')
    const names = namesIn(school, 'birkeskolen-2a')
    expect(rowNames()).toEqual(names.toSorted(new Intl.Collator('da').compare))
    expect(pageText()).toContain(`${names.length} elever · indskoling (fire billeder)`)
  })

  test('who begins to wait is seen at once', async () => {
    const { school } = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    expect(cards()[1]).not.toContain('venter')
    await school.command({ do: 'askForStepUp', username: 'frej4011' })
    await until(() => expect(cards()[1]).toContain('1 venter'))
  })

  test('of many: each class with its number waiting', async () => {
    await renderApp({ at: MY_CLASSES, as: 'lone4821', scenario: 'queueWaiting' })
    expect(cards()[0]).toContain('12 venter')
  })
})

describe('nothing to show', () => {
  test('a teacher without classes sees the three causes, each with whom to ask', async () => {
    await renderApp({ at: MY_CLASSES, as: 'omar7310' })
    screen.getByRole('heading', { level: 2, name: da.classes.noClassesTitle })
    // Its words are fetched when they are needed.
    await until(() => expect(pageText()).toContain(noClasses.lead))
    expect(cards()).toEqual([
      `${noClasses.noRelation} ${noClasses.noRelationContact}`,
      `${noClasses.manual} ${noClasses.manualContact}`,
      `${noClasses.notTransferred} ${noClasses.notTransferredContact}`,
    ])
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.queryByRole('button', { name: 'Prøv igen' })).toBeNull()
  })

  test('a group that nobody is in: said, with whom to ask, and nothing to press', async () => {
    const { openClass } = await renderApp({ at: MY_CLASSES, as: 'lone4821', scenario: 'emptyClass' })
    expect(cards().find((card) => card.startsWith('Kor'))).toBe('KorHold · 0 elever')
    await openClass('Kor')
    screen.getByRole('heading', { level: 2, name: da.classes.emptyClassTitle })
    expect(pageText()).toContain(fill(da.classes.emptyClassText, { name: 'Kor' }))
    expect(within(screen.getByRole('main')).queryAllByRole('button')).toEqual([])
    expect(screen.queryByRole('table')).toBeNull()
  })

  test.each(['/klasser/birkeskolen-2b', '/klasser/findes-ikke', '/klasser/%F0%9F%98%80'])(
    '%s, of a colleague or nobody: one and the same answer, and the way back',
    async (at) => {
      const { user } = await renderApp({ at, as: 'lone4821' })
      heading(da.classes.classNotFoundTitle)
      expect(document.title).toBe(`(1) ${da.classes.classNotFoundTitle} – Elevadgang`)
      expect(pageText()).toContain(da.classes.classNotFoundText)
      expect(screen.queryByRole('alert')).toBeNull()
      await user.click(within(screen.getByRole('main')).getByRole('link', { name: 'Mine klasser' }))
      await until(() => heading('Mine klasser'))
    },
  )
})

describe('while it loads, and when that fails', () => {
  test('a slow answer: the page says what it waits for, then shows it', async () => {
    await renderApp({ at: MY_CLASSES, as: 'lone4821', scenario: 'slow' })
    expect(pageText()).toContain(da.common.loading)
    // Who is signed in, and the classes, are asked for side by side.
    await passTime(seconds(3))
    expect(cards()).toHaveLength(3)
    expect(pageText()).not.toContain(da.common.loading)
  })

  test('a slow class: the page says that it is loading pupils', async () => {
    const { user } = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    const release = hold('*/api/classes/:id')
    await user.click(screen.getByRole('link', { name: '2.A' }))
    expect(textOf(screen.getByRole('main'))).toContain(da.classes.loadingClass)
    expect(screen.queryByRole('alert')).toBeNull()
    await release()
    heading('2.A')
    expect(textOf(screen.getByRole('main'))).not.toContain(da.classes.loadingClass)
  })

  test('a failure looks nothing like an empty list: what happened, the number for support, Prøv igen', async () => {
    await renderApp({ at: MY_CLASSES, as: 'lone4821', scenario: 'failing' })
    expect(alertText()).toContain(da.problems.unexpected.title)
    expect(alertText()).toContain(da.problems.unexpected.text)
    expect(alertText()).toContain(fill(da.common.requestId, { requestId: 'DEMO-0000' }))
    expect(pageText()).not.toContain(da.classes.noClassesTitle)
    expect(cards()).toEqual([])
  })

  test('Prøv igen recovers', async () => {
    const { press } = await renderApp({
      at: MY_CLASSES,
      as: 'lone4821',
      before: () => void failCalls('*/api/classes', FIRST_AND_AGAIN, () => problem('unexpected')),
    })
    expect(alertText()).toContain(fill(da.common.requestId, { requestId: REQUEST_ID }))
    await press(screen.getByRole('alert'), 'Prøv igen')
    expect(cards()).toHaveLength(3)
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('a class that cannot be loaded: Prøv igen recovers there too', async () => {
    const { user, press } = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    server.use(http.get('*/api/classes/:id', () => problem('unexpected'), { once: true }))
    await user.click(screen.getByRole('link', { name: '2.A' }))
    expect(alertText()).toContain(fill(da.common.requestId, { requestId: REQUEST_ID }))
    await press(screen.getByRole('alert'), 'Prøv igen')
    heading('2.A')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('no connection: asked once more by itself, then told, without a number', async () => {
    const { user } = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    let asked = 0
    server.use(
      http.get('*/api/classes/:id', () => {
        asked += 1
        return HttpResponse.error()
      }),
    )
    await user.click(screen.getByRole('link', { name: '2.A' }))
    expect(screen.queryByRole('alert')).toBeNull()
    await passTime(seconds(0.5))
    expect(asked).toBe(2)
    expect(alertText()).toContain(da.problems.connection.title)
    expect(alertText()).not.toContain(fill(da.common.requestId, { requestId: '' }).trim())
  })

  test('when only a later look fails, the pupils stay and the failure is told above them', async () => {
    await renderApp({ at: CLASS_2A, as: 'lone4821' })
    const names = rowNames()
    server.use(http.get('*/api/classes/:id', () => problem('unexpected'), { once: true }))
    await passTime(minutes(1))
    expect(alertText()).toContain(da.problems.unexpected.title)
    expect(rowNames()).toEqual(names)
    await passTime(minutes(1))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('the very first question, who is signed in, fails: told, and Prøv igen recovers', async () => {
    const { press } = await renderApp({
      at: CLASS_2A,
      as: 'lone4821',
      before: () => void failCalls('*/api/session', FIRST_AND_AGAIN, () => problem('unexpected')),
    })
    expect(alertText()).toContain(da.problems.unexpected.title)
    await press(screen.getByRole('alert'), 'Prøv igen')
    heading('2.A')
  })
})
