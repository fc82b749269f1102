import { screen } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import daTexts from '../../locales/da/wholeSchool.json'
import { server } from '../../mocks/node'
import { STAFF_PASSWORD } from '../../mocks/people'
import {
  BIRKESKOLEN,
  CLASS_2A,
  MY_CLASSES,
  type RenderedApp,
  renderApp,
  SOENDERVANG,
  withSecondFactor,
} from './render-app'
import { minutes, passTime, until } from './time'
import { announced, focus, heading, pageText, textOf } from './verbs'
import { da, fill } from './words'

const t = daTexts
const SCHOOLS = '/skoler'

let asked: Request[] = []
beforeEach(() => {
  asked = []
  server.events.on('request:start', ({ request }) => void asked.push(request))
})
afterEach(() => server.events.removeAllListeners())

/** The views in which the API was asked for this, in order. */
const viewsOf = (path: string) =>
  asked
    .filter(({ url }) => new URL(url).pathname === path)
    .map(({ headers }) => headers.get('Elevadgang-School'))

const codeField = () => screen.getByLabelText<HTMLInputElement>(t.code)
const codeError = () => {
  const ids = (codeField().getAttribute('aria-describedby') ?? '').split(' ')
  return textOf(document.getElementById(ids.find((id) => id.endsWith('-error')) ?? ''))
}
const button = (name: string) => screen.getByRole('button', { name })
const link = (name: string) => screen.getByRole('link', { name })

async function giveCode({ user }: RenderedApp, code: string) {
  await user.clear(codeField())
  await user.type(codeField(), code)
  await user.click(button(t.giveCode))
}

/** A code of six digits that is not this one. */
const otherThan = (code: string) => (code === '111111' ? '222222' : '111111')

const atBirkeskolen = () => until(() => heading(fill(t.schoolTitle, { school: 'Birkeskolen' })))

describe('signing in as user administrator', () => {
  test('from the front page, by username, password and code, to the whole school', async () => {
    const app = await renderApp()
    await app.user.click(button('Log på som brugeradministrator'))
    heading('Log på som brugeradministrator')
    await app.user.keyboard('kent1904')
    await app.user.click(button('Næste'))
    await app.user.keyboard(STAFF_PASSWORD)
    await app.user.click(button('Log på'))

    await until(() => heading(t.codeTitle))
    expect(location.pathname).toBe(BIRKESKOLEN)
    expect(focus()).toBe(t.code)
    expect(codeField().inputMode).toBe('numeric')
    expect(codeField().autocomplete).toBe('one-time-code')
    expect(viewsOf('/api/schools/birkeskolen/pupils')).toEqual([])

    await until(() => expect(pageText()).toContain(t.codeSent))
    await giveCode(app, await app.codeOnPhone())
    await atBirkeskolen()
    expect(document.title).toContain('Hele skolen: Birkeskolen')
    await until(() => expect(pageText()).toMatch(/57\d elever/))
    expect(pageText()).toContain('Kent Dahl · Birkeskolen')
    expect(screen.queryByRole('link', { name: 'Mine klasser' })).toBeNull()
  })

  test('a wrong code, a malformed one, and one that was sent before: what to do', async () => {
    const app = await renderApp({ at: BIRKESKOLEN, as: 'kent1904' })
    heading(t.codeTitle)
    const first = await app.codeOnPhone()
    await giveCode(app, '12345')
    expect(codeError()).toBe(t.codeMalformed)
    await giveCode(app, otherThan(first))
    expect(codeError()).toBe(t.wrongCode)
    expect(focus()).toBe(t.code)

    await app.user.click(button(t.newCode))
    expect(codeField().value).toBe('')
    expect(announced()).toContain(t.newCodeSent)
    const second = await app.codeOnPhone()
    if (first !== second) {
      await giveCode(app, first)
      expect(codeError()).toBe(t.wrongCode)
    }
    await giveCode(app, `${second.slice(0, 3)} ${second.slice(3)}`)
    await atBirkeskolen()
  })

  test('a code that is too old, and too many codes', async () => {
    const app = await renderApp({ at: BIRKESKOLEN, as: 'kent1904' })
    await passTime(minutes(10))
    await giveCode(app, await app.codeOnPhone())
    expect(codeError()).toBe(t.codeEnded)
    await passTime(minutes(4))
    for (let sent = 1; sent < 5; sent += 1) await app.user.click(button(t.newCode))
    await app.user.click(button(t.newCode))
    expect(codeError()).toBe(fill(t.tooManyCodes, { wait: '60 sekunder' }))
  })

  test('without the role nobody gets in', async () => {
    const app = await renderApp({ at: '/log-paa/brugeradministrator' })
    await app.user.keyboard('lone4821')
    await app.user.click(button('Næste'))
    await app.user.keyboard(STAFF_PASSWORD)
    await app.user.click(button('Log på'))
    expect(pageText()).toContain(da.session.noAdministratorRole)
    expect(app.jar.staff.get()).toBeNull()
  })

  test.each(['/', MY_CLASSES, CLASS_2A, SCHOOLS])(
    'an administrator only has no classes: %s leads to the school',
    async (at) => {
      await renderApp({ at, as: 'kent1904', session: withSecondFactor })
      await atBirkeskolen()
      expect(location.pathname).toBe(BIRKESKOLEN)
    },
  )
})

describe('both at once', () => {
  test('switches between the views; the code is asked for in the middle of the session', async () => {
    const app = await renderApp({ at: MY_CLASSES, as: 'bodi2259' })
    heading('Mine klasser')
    await app.user.click(link('Hele skolen'))
    await until(() => heading(t.pickTitle))
    await app.user.click(link('Søndervang Skole'))
    await until(() => heading(t.codeTitle))
    await until(() => expect(pageText()).toContain(t.codeSent))
    await giveCode(app, await app.codeOnPhone())
    await until(() => heading(fill(t.schoolTitle, { school: 'Søndervang Skole' })))
    expect(location.pathname).toBe(SOENDERVANG)
    expect(pageText()).toContain('Bodil Friis · Søndervang Skole')
    expect(viewsOf('/api/step-up-requests').at(-1)).toBe('soendervang')
    expect(viewsOf('/api/events').at(-1)).toBe('soendervang')

    await app.user.click(link(t.otherSchool))
    heading(t.pickTitle)
    await app.user.click(link('Birkeskolen'))
    await atBirkeskolen()
    expect(viewsOf('/api/events').at(-1)).toBe('birkeskolen')

    await app.user.click(link('Mine klasser'))
    heading('Mine klasser')
    expect(pageText()).toContain('7.A')
    expect(viewsOf('/api/classes').at(-1)).toBeNull()
    expect(viewsOf('/api/events').at(-1)).toBeNull()
  })

  test('nothing of one view is kept for the other', async () => {
    const app = await renderApp({ at: BIRKESKOLEN, as: 'bodi2259', session: withSecondFactor })
    await atBirkeskolen()
    await until(() => expect(document.title).toContain('(1)'))
    await app.user.click(link('Mine klasser'))
    heading('Mine klasser')
    // Emil, who waits in 2.A, is not Bodil's.
    expect(document.title).toBe('Mine klasser – Elevadgang')
    const kept = app.queryClient.getQueryCache().getAll()
    expect(kept.map(({ queryKey }) => queryKey[0])).not.toContain('school')
  })

  test('what was said of one school’s pupils is not said in the other', async () => {
    const app = await renderApp({ at: BIRKESKOLEN, as: 'bodi2259', session: withSecondFactor })
    await atBirkeskolen()
    await until(() => app.giveNewPassword('Aksel Bisgaard'))
    await until(() => expect(announced()).toContain('Aksel Bisgaard'))
    await app.user.click(link(t.otherSchool))
    heading(t.pickTitle)
    expect(announced()).not.toContain('Aksel Bisgaard')
  })

  test('somebody else who has signed in in another tab is greeted, from a school’s pages too', async () => {
    const app = await renderApp({ at: BIRKESKOLEN, as: 'bodi2259', session: withSecondFactor })
    await atBirkeskolen()
    await app.anotherSignsIn('mads5512')
    window.dispatchEvent(new Event('visibilitychange'))
    await until(() => heading('Mine klasser'))
    expect(announced()).toContain(fill(da.session.changed, { name: 'Mads Bro' }))
    expect(pageText()).not.toContain('Bodil')
  })

  test('a teacher has no way to the whole school, and is told so at its address', async () => {
    await renderApp({ at: BIRKESKOLEN, as: 'lone4821' })
    await until(() => heading(t.noSchoolTitle))
    expect(screen.queryByRole('link', { name: 'Hele skolen' })).toBeNull()
    expect(viewsOf('/api/session/second-factor/codes')).toEqual([])
  })

  test.each([SOENDERVANG, '/skoler/nowhere'])(
    'a school that is not own is told like one that does not exist: %s',
    async (at) => {
      await renderApp({ at, as: 'kent1904', session: withSecondFactor })
      await until(() => heading(t.unknownSchoolTitle))
    },
  )
})

test('what has changed is asked for alone, and whoever has not is the same object', async () => {
  const app = await renderApp({ at: BIRKESKOLEN, as: 'bodi2259', session: withSecondFactor })
  await atBirkeskolen()
  const read = () => app.queryClient.getQueryData<{ pupils: { id: string }[] }>(['school', 'birkeskolen'])
  const before = read()?.pupils ?? []
  await (await app.colleague('mads5512')).stepsUp('Asta Holm')
  await passTime(minutes(1))
  const after = read()?.pupils ?? []
  const changed = after.filter((pupil, place) => pupil !== before[place])
  expect(changed.map(({ id }) => id)).toEqual([app.pupil('Asta Holm').id])
  const last = asked.findLast(({ url }) => url.includes('/api/schools/'))
  expect(new URL(last?.url ?? '').searchParams.get('changedSince')).toMatch(/^\d+$/)
})
