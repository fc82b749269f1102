import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { server } from '../../mocks/node'
import { CLASS_2A, MY_CLASSES, renderApp } from './render-app'
import { passTime, seconds, until } from './time'
import { focus, heading, rowNames } from './verbs'

let asked: string[] = []

beforeEach(() => {
  asked = []
  server.events.on('request:start', ({ request }) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`)
  })
})
afterEach(() => server.events.removeAllListeners())

test.each([CLASS_2A, MY_CLASSES, '/', '/klasser/birkeskolen-2b'])(
  'the first page of a document (%s) leaves the focus where the browser has put it',
  async (at) => {
    await renderApp(at === '/' ? { at } : { at, as: 'lone4821' })
    expect(focus()).toBe('nothing')
  },
)

/** Who is signed in, who waits, and the stream that tells when to look again. */
const ALWAYS = ['GET /api/session', 'GET /api/step-up-requests', 'GET /api/events']

describe('opening an address asks for each thing once', () => {
  test.each([
    [CLASS_2A, [...ALWAYS, 'GET /api/classes/birkeskolen-2a']],
    [MY_CLASSES, [...ALWAYS, 'GET /api/classes']],
  ])('%s, signed in', async (at, expected) => {
    await renderApp({ at, as: 'lone4821' })
    expect(asked.toSorted()).toEqual(expected.toSorted())
  })

  test('the front page asks who is signed in, and for nothing else', async () => {
    await renderApp()
    expect(asked).toEqual(['GET /api/session'])
  })

  test('what was asked for at the start is not shown later as if it were new', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    await (await app.colleague('mads5512')).givesNewPassword('Asta Holm')
    await app.goToMyClasses()
    await passTime(seconds(2))
    await app.openClass('2.A')
    await until(() => expect(rowNames().length).toBeGreaterThan(20))
    expect(asked.filter((each) => each === 'GET /api/classes/birkeskolen-2a').length).toBeGreaterThan(1)
  })

  test('all pupils are asked for when one turns to the search, not before', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'lone4821' })
    expect(asked).not.toContain('GET /api/pupils')
    await app.search('a')
    expect(asked.filter((each) => each === 'GET /api/pupils')).toHaveLength(1)
    heading('Mine klasser')
  })

  test('the class on the screen is looked at every minute, though nothing was told, and no other', async () => {
    await renderApp({ at: CLASS_2A, as: 'lone4821' })
    asked = []
    await passTime(seconds(180))
    expect(asked.filter((each) => each.startsWith('GET /api/classes'))).toEqual(
      Array.from({ length: 3 }, () => 'GET /api/classes/birkeskolen-2a'),
    )
  })
})
