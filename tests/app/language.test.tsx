import { screen } from '@testing-library/react'
import { HttpResponse } from 'msw'
import { describe, expect, test } from 'vitest'
import { failCalls, problem } from './problems'
import { CLASS_2A, CLASS_4B, GERMAN_8, MY_CLASSES, type RenderedApp, renderApp } from './render-app'
import { minutes, passTime, seconds, settle, until } from './time'
import { focus, heading, pageText, textOf } from './verbs'
import { da, en, labels } from './words'

/** Every text of a locale by its key. */
function texts(tree: object, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(path + key, value)
    else for (const [inner, text] of texts(value, `${path}${key}.`)) found.set(inner, text)
  }
  return found
}

const danish = texts(da)
const english = texts(en)

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** What a text looks like on the page, whatever fills its blanks. */
const shapeOf = (text: string) => new RegExp(`^${escaped(text).replace(/\\\{\\\{\w+\\\}\\\}/g, '.+')}$`)

/** Texts that are nothing but blanks and signs fit anything. */
const saysSomething = (text: string) => /\p{Letter}{2}/u.test(text.replace(/\{\{\w+\}\}/g, ''))

/** The Danish texts that an English page may not show. `English` on the button is meant to be the other language. */
const mustNotBeSeen = [...danish]
  .filter(([key, text]) => text !== english.get(key) && saysSomething(text))
  .filter(([key]) => key !== 'common.otherLanguage')
  .filter(([, text]) => ![...english.values()].includes(text))
  .map(([key, text]) => ({ key, text, shape: shapeOf(text) }))

const ATTRIBUTES = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description']

/** Every piece of text on the page that a person may meet, seen or heard: as written, and as whole sentences. */
function piecesOfText(): Set<string> {
  const pieces = new Set<string>([document.title])
  for (const element of [document.body, ...document.body.querySelectorAll('*')]) {
    if (element.matches('script, style, svg *')) continue
    for (const attribute of ATTRIBUTES) {
      const value = element.getAttribute(attribute)
      if (value) pieces.add(value.trim())
    }
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE) continue
      for (const part of (node.textContent ?? '').split('·')) pieces.add(part.replace(/\s+/g, ' ').trim())
    }
    if (element.matches('p, li, h1, h2, button, label')) pieces.add(textOf(element))
  }
  pieces.delete('')
  return pieces
}

const danishIn = (pieces: Iterable<string>) =>
  [...pieces].flatMap((piece) =>
    mustNotBeSeen.filter(({ shape }) => shape.test(piece)).map(({ key }) => `${key}: ${piece}`),
  )

const namespaces = Object.keys(da).join('|')
const lastKeys = [...danish.keys()].map((key) => key.split('.').slice(1).join('.'))
/** Keys that no word of either language is spelt like. */
const tellingKeys = new Set(lastKeys.filter((key) => /[a-z][A-Z]|[._]/.test(key)))

/** What looks like the name of a text instead of the text, or like a blank that was not filled. */
const rawIn = (pieces: Iterable<string>) =>
  [...pieces].filter(
    (piece) =>
      new RegExp(`\\b(${namespaces}):`).test(piece) ||
      /\{\{|\}\}|undefined|\[object|NaN|null/.test(piece) ||
      tellingKeys.has(piece),
  )

interface Situation {
  what: string
  arrange: Parameters<typeof renderApp>[0]
  act?: (app: RenderedApp) => Promise<unknown>
}

const busy = { at: CLASS_2A, as: 'lone4821', scenario: 'busyClass' } as const

const situations: Situation[] = [
  { what: 'the front page', arrange: {} },
  { what: 'signing in', arrange: { at: '/log-paa' } },
  {
    what: 'signing in, with a wrong username',
    arrange: { at: '/log-paa' },
    act: async ({ user }) => {
      await user.keyboard('x{Enter}')
    },
  },
  {
    what: 'signing in, with a wrong password',
    arrange: { at: '/log-paa' },
    act: ({ user }) => user.keyboard('lone4821{Enter}').then(() => user.keyboard('x{Enter}')),
  },
  { what: 'an address that is no page', arrange: { at: '/findes-ikke' } },
  { what: 'my classes', arrange: { at: MY_CLASSES, as: 'lone4821' } },
  { what: 'a teacher without classes', arrange: { at: MY_CLASSES, as: 'omar7310' } },
  { what: 'a class with every status', arrange: busy },
  { what: 'a class of mellemtrin', arrange: { at: CLASS_4B, as: 'lone4821' } },
  { what: 'a group', arrange: { at: GERMAN_8, as: 'lone4821' } },
  { what: 'a queue', arrange: { at: CLASS_2A, as: 'lone4821', scenario: 'queueWaiting' } },
  {
    what: 'an empty group',
    arrange: { at: '/klasser/birkeskolen-kor', as: 'lone4821', scenario: 'emptyClass' },
  },
  { what: 'a class of somebody else', arrange: { at: '/klasser/birkeskolen-2b', as: 'lone4821' } },
  { what: 'a failing server', arrange: { at: MY_CLASSES, as: 'lone4821', scenario: 'failing' } },
  {
    what: 'no connection',
    arrange: { at: CLASS_2A, as: 'lone4821', scenario: 'offline' },
    act: () => passTime(seconds(1)),
  },
  { what: 'while it loads', arrange: { at: MY_CLASSES, as: 'lone4821', scenario: 'slow' } },
  {
    what: 'offline',
    arrange: busy,
    act: async () => {
      dispatchEvent(new Event('offline'))
      await settle()
    },
  },
  { what: 'ticked pupils', arrange: busy, act: ({ selectAll }) => selectAll() },
  {
    what: 'the question about many',
    arrange: busy,
    act: async (app) => {
      for (const name of ['Asta Holm', 'Bertram Lund', 'Carla Nguyen', 'Dicte Vestergaard'])
        await app.tick(name)
      await app.pressInBar(en.passwordReset.give)
    },
  },
  {
    what: 'the question about the whole class',
    arrange: busy,
    act: (app) => app.press(screen.getByRole('main'), en.stepUp.giveClass),
  },
  {
    what: 'the report',
    arrange: busy,
    act: async (app) => {
      await app.press(screen.getByRole('main'), en.stepUp.giveClass)
      await app.pressInDialog(en.stepUp.give)
    },
  },
  {
    what: 'the question about all usernames',
    arrange: busy,
    act: (app) => app.press(screen.getByRole('main'), en.pupils.revealAll),
  },
  {
    what: 'a username that was copied',
    arrange: busy,
    act: async (app) => {
      await app.showUsername('Asta Holm')
      await app.copyUsername('Asta Holm')
    },
  },
  {
    what: 'a press that is refused',
    arrange: busy,
    act: async (app) => {
      failCalls('*/api/pupils/password-resets', 1, () =>
        problem('too-many-requests', { retryAfterSeconds: 120 }),
      )
      await app.giveNewPassword('Asta Holm')
    },
  },
  {
    what: 'a press that is looked into',
    arrange: busy,
    act: async (app) => {
      failCalls('*/api/pupils/password-resets', 1, () => HttpResponse.error())
      await app.giveNewPassword('Asta Holm')
    },
  },
  {
    what: 'hits of a search',
    arrange: { at: MY_CLASSES, as: 'lone4821' },
    act: ({ search }) => search('a'),
  },
  {
    what: 'a search without hits',
    arrange: { at: MY_CLASSES, as: 'lone4821' },
    act: ({ search }) => search('xyzzy').then(() => passTime(seconds(1))),
  },
  {
    what: 'the warning of the end',
    arrange: { at: MY_CLASSES, as: 'lone4821' },
    act: () => passTime(minutes(19)),
  },
  {
    what: 'signed out in the middle',
    arrange: { at: MY_CLASSES, as: 'lone4821' },
    act: () => passTime(minutes(20)),
  },
]

describe('in English nothing is left in Danish, and no text is missing', () => {
  test.each(situations)('$what', async ({ arrange, act }) => {
    const app = await renderApp({ ...arrange, language: 'en' })
    await act?.(app)
    const pieces = piecesOfText()
    expect(pieces.size).toBeGreaterThan(0)
    expect(danishIn(pieces)).toEqual([])
    expect(rawIn(pieces)).toEqual([])
    expect(document.documentElement.lang).toBe('en')
  })

  test('the scan would find Danish, and a raw key, if there were any', async () => {
    await renderApp({ at: CLASS_2A, as: 'lone4821' })
    expect(danishIn(piecesOfText()).length).toBeGreaterThan(10)
    expect(rawIn(['pupils:selectAll'])).toHaveLength(1)
    expect(rawIn(['reason.blocked', 'revealAllTitle', '{{count}} elever'])).toHaveLength(3)
    expect(rawIn(piecesOfText())).toEqual([])
  })
})

describe('in Danish', () => {
  test.each(situations.filter(({ act }) => act === undefined))(
    '$what has no raw key',
    async ({ arrange }) => {
      await renderApp(arrange)
      expect(rawIn(piecesOfText())).toEqual([])
      expect(document.documentElement.lang).toBe('da')
    },
  )
})

describe('changing the language', () => {
  test('takes one press, everywhere at once: words, title and the language of the document', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821', scenario: 'busyClass' })
    expect(document.documentElement.lang).toBe('da')
    await app.changeLanguage()
    await until(() => expect(document.documentElement.lang).toBe('en'))
    await settle()
    expect(danishIn(piecesOfText())).toEqual([])
    heading('2.A')
    await app.press(screen.getByRole('banner'), 'Dansk')
    await until(() => expect(document.documentElement.lang).toBe('da'))
    screen.getByRole('button', { name: 'Log af' })
  })

  test('changes the title', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    await app.changeLanguage()
    await until(() => expect(document.title).toBe('(1) My classes – Elevadgang'))
  })

  test('keeps the focus, what is typed and what is ticked', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await app.tick('Asta Holm')
    await app.search('dict')
    await app.changeLanguage()
    await until(() => expect(document.documentElement.lang).toBe('en'))
    await settle()
    expect(focus()).toBe('Dansk')
    expect(screen.getByRole('combobox', { name: labels.en.search })).toHaveProperty('value', 'dict')
    expect(textOf(screen.getByRole('region', { name: en.pupils.selectionBar }))).toContain('1 pupil selected')
  })

  test('before signing in keeps what is typed', async () => {
    const app = await renderApp({ at: '/log-paa' })
    await app.user.keyboard('lone4821')
    await app.changeLanguage()
    await until(() => expect(screen.getByLabelText('Username')).toHaveProperty('value', 'lone4821'))
    expect(document.title).toBe('Sign in – Elevadgang')
  })

  test('an error that is shown follows the language', async () => {
    const app = await renderApp({ at: '/log-paa' })
    await app.user.keyboard('x{Enter}')
    expect(pageText()).toContain(da.session.usernameMalformed)
    await app.changeLanguage()
    await until(() => expect(pageText()).toContain(en.session.usernameMalformed))
    expect(pageText()).not.toContain(da.session.usernameMalformed)
  })

  test('is kept on this computer, also after signing out', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    await app.changeLanguage()
    await until(() => heading('My classes'))
    await app.press(screen.getByRole('banner'), 'Sign out')
    await until(() => heading(en.session.frontTitle))
    expect({ ...localStorage }).toEqual({ language: 'en' })
  })

  test('the button names the other language in that language', async () => {
    await renderApp()
    expect(screen.getByRole('button', { name: 'English' }).getAttribute('lang')).toBe('en')
  })

  test('what was kept and is no language is Danish', async () => {
    await renderApp({ before: () => localStorage.setItem('language', 'xx') })
    expect(document.documentElement.lang).toBe('da')
    heading(da.session.frontTitle)
  })
})
