import { screen, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { describe, expect, test, vi } from 'vitest'
import { server } from '../../mocks/node'
import { hold, problem } from './problems'
import { CLASS_2A, namesIn, type RenderedApp, renderApp } from './render-app'
import { passTime, seconds, settle, until } from './time'
import {
  announced,
  dialog,
  focus,
  heading,
  noDialog,
  pageText,
  row,
  rowNames,
  shownUsername,
  textOf,
} from './verbs'
import { da, fill } from './words'

const atClass2A = () => renderApp({ at: CLASS_2A, as: 'lone4821' })

/** Everywhere a username could linger, apart from the cell in which it is shown. */
const everywhereElse = ({ queryClient }: RenderedApp) =>
  [
    location.href,
    document.title,
    announced(),
    JSON.stringify(history.state),
    JSON.stringify({ ...localStorage }),
    JSON.stringify({ ...sessionStorage }),
    document.cookie,
    JSON.stringify(
      queryClient
        .getQueryCache()
        .getAll()
        .map(({ queryKey, state }) => [queryKey, state.data]),
    ),
    JSON.stringify(
      queryClient
        .getMutationCache()
        .getAll()
        .map(({ state }) => state),
    ),
  ].join('\n')

const turnTabTo = (state: 'hidden' | 'visible') => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  return settle()
}

describe('a username', () => {
  test('is nowhere on the page, nor in any answer kept, before it is asked for', async () => {
    const app = await atClass2A()
    const page = document.documentElement.outerHTML + everywhereElse(app)
    for (const { username } of app.school.store.snapshot().pupils) expect(page).not.toContain(username)
    expect(app.activity('revealUsername')).toEqual([])
  })

  test('is shown in its own row when asked for, and the asking is logged', async () => {
    const app = await atClass2A()
    await app.showUsername('Asta Holm')
    expect(shownUsername('Asta Holm')).toContain('asta2011')
    expect(pageText().split('asta2011')).toHaveLength(2)
    expect(shownUsername('Dicte Vestergaard')).toBe('')
    expect(app.activity('revealUsername', 'Asta Holm')).toMatchObject([
      { actorId: 's-lone', outcome: 'done', pupilId: app.pupil('Asta Holm').id },
    ])
    expect(app.activity('revealUsername')).toHaveLength(1)
  })

  test('can be shown for a pupil who is blocked or has a local login', async () => {
    const app = await atClass2A()
    await app.showUsername('Bertram Lund')
    await app.showUsername('Carla Nguyen')
    expect(shownUsername('Bertram Lund')).toContain('bert2012')
    expect(shownUsername('Carla Nguyen')).toContain('carl2013')
  })

  test('is in no address, title, storage, cache or announcement while it is shown', async () => {
    const app = await atClass2A()
    await app.showUsername('Asta Holm')
    await app.copyUsername('Asta Holm')
    expect(everywhereElse(app)).not.toContain('asta2011')
    expect(announced()).toContain(fill(da.pupils.revealed, { name: 'Asta Holm' }))
  })

  test('hides again after 30 seconds, not before', async () => {
    const app = await atClass2A()
    await app.showUsername('Asta Holm')
    await passTime(seconds(30) - 1)
    expect(pageText()).toContain('asta2011')
    await passTime(1)
    expect(document.documentElement.outerHTML).not.toContain('asta2011')
    app.rowButton('Vis brugernavn', 'Asta Holm')
  })

  test('has 30 seconds of its own, whatever is shown beside it', async () => {
    const app = await atClass2A()
    await app.showUsername('Asta Holm')
    await passTime(seconds(20))
    await app.showUsername('Dicte Vestergaard')
    await passTime(seconds(10))
    expect(pageText()).not.toContain('asta2011')
    expect(pageText()).toContain('dict2014')
    await passTime(seconds(20))
    expect(pageText()).not.toContain('dict2014')
  })

  test('hidden and shown again, it has 30 seconds anew', async () => {
    const app = await atClass2A()
    await app.showUsername('Asta Holm')
    await passTime(seconds(20))
    await app.hideUsername('Asta Holm')
    await app.showUsername('Asta Holm')
    await passTime(seconds(30) - 1)
    expect(pageText()).toContain('asta2011')
    await passTime(1)
    expect(pageText()).not.toContain('asta2011')
    expect(app.activity('revealUsername')).toHaveLength(2)
  })

  test('hides by "Skjul brugernavn", and the focus stays on the button', async () => {
    const app = await atClass2A()
    await app.showUsername('Asta Holm')
    expect(focus()).toBe('Skjul brugernavn for Asta Holm')
    await app.hideUsername('Asta Holm')
    expect(document.documentElement.outerHTML).not.toContain('asta2011')
    expect(focus()).toBe('Vis brugernavn for Asta Holm')
    expect(app.hasRowButton('Kopiér brugernavn', 'Asta Holm')).toBe(false)
  })

  test('hides when the tab is hidden, and does not come back by itself', async () => {
    const app = await atClass2A()
    await app.showUsername('Asta Holm')
    await turnTabTo('hidden')
    expect(document.documentElement.outerHTML).not.toContain('asta2011')
    await turnTabTo('visible')
    expect(document.documentElement.outerHTML).not.toContain('asta2011')
  })

  test('that is answered while the tab is hidden is never shown', async () => {
    const app = await atClass2A()
    const release = hold('*/api/pupils/username-reveals')
    await app.showUsername('Asta Holm')
    await turnTabTo('hidden')
    await release()
    await turnTabTo('visible')
    expect(document.documentElement.outerHTML).not.toContain('asta2011')
    expect(announced()).not.toContain(fill(da.pupils.revealed, { name: 'Asta Holm' }))
  })

  test('hides when the page is put away for the Back button', async () => {
    const app = await atClass2A()
    await app.showUsername('Asta Holm')
    dispatchEvent(new Event('pagehide'))
    await settle()
    expect(document.documentElement.outerHTML).not.toContain('asta2011')
  })

  test('is gone when one leaves the class and comes back', async () => {
    const app = await atClass2A()
    await app.showUsername('Asta Holm')
    await app.goToMyClasses()
    expect(document.documentElement.outerHTML).not.toContain('asta2011')
    await app.openClass('2.A')
    app.rowButton('Vis brugernavn', 'Asta Holm')
    expect(document.documentElement.outerHTML).not.toContain('asta2011')
  })

  test('that is answered after one has left the class is shown nowhere, nor found by the search', async () => {
    const app = await atClass2A()
    const release = hold('*/api/pupils/username-reveals')
    await app.showUsername('Asta Holm')
    await app.goToMyClasses()
    await release()
    await app.search('asta2011')
    expect(app.hits()).toEqual([])
    await app.user.clear(app.searchField())
    await app.openClass('2.A')
    expect(document.documentElement.outerHTML).not.toContain('asta2011')
  })

  test('that is answered after signing out is shown nowhere', async () => {
    const app = await atClass2A()
    const release = hold('*/api/pupils/username-reveals')
    await app.showUsername('Asta Holm')
    await app.signOut()
    await release()
    await app.user.click(screen.getByRole('button', { name: 'Log på' }))
    await app.signIn('lone4821')
    await until(() => heading('Mine klasser'))
    await app.openClass('2.A')
    expect(document.documentElement.outerHTML).not.toContain('asta2011')
  })

  test('asked for by a double click, is asked for once and stays', async () => {
    const app = await atClass2A()
    await app.user.dblClick(app.rowButton('Vis brugernavn', 'Asta Holm'))
    await settle()
    expect(app.activity('revealUsername')).toHaveLength(1)
    expect(shownUsername('Asta Holm')).toContain('asta2011')
  })

  test('asked for by a slow double click, is not hidden by the second click', async () => {
    const app = await atClass2A()
    await app.doubleClick(app.rowButton('Vis brugernavn', 'Asta Holm'))
    expect(app.activity('revealUsername')).toHaveLength(1)
    expect(shownUsername('Asta Holm')).toContain('asta2011')
  })

  test('can be asked for in English', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821', language: 'en' })
    await app.showUsername('Asta Holm')
    expect(shownUsername('Asta Holm', 'Username')).toContain('asta2011')
    await app.hideUsername('Asta Holm')
    expect(shownUsername('Asta Holm', 'Username')).toBe('')
  })
})

describe('when a username cannot be shown', () => {
  test.each([
    ['too-many-requests', { retryAfterSeconds: 240 }, 'tooMany', '4 minutter'],
    ['not-found', {}, 'notFound', ''],
    ['unexpected', {}, 'unexpected', ''],
  ] as const)('%s: said in the row, and Prøv igen tries again', async (type, details, words, wait) => {
    const app = await atClass2A()
    server.use(http.post('*/api/pupils/username-reveals', () => problem(type, details), { once: true }))
    await app.showUsername('Asta Holm')
    const notice = within(row('Asta Holm')).getByRole('alert')
    expect(textOf(notice)).toContain(da.problems[words].title)
    expect(textOf(notice)).toContain(fill(da.problems[words].text, { wait }))
    expect(within(row('Dicte Vestergaard')).queryByRole('alert')).toBeNull()
    await app.press(notice, 'Prøv igen')
    expect(within(row('Asta Holm')).queryByRole('alert')).toBeNull()
    expect(shownUsername('Asta Holm')).toContain('asta2011')
  })

  test('no connection: said in the row; the notice can be closed', async () => {
    const app = await atClass2A()
    server.use(http.post('*/api/pupils/username-reveals', () => HttpResponse.error()))
    await app.showUsername('Asta Holm')
    const notice = within(row('Asta Holm')).getByRole('alert')
    expect(textOf(notice)).toContain(da.problems.connection.title)
    await app.press(notice, da.common.dismiss)
    expect(within(row('Asta Holm')).queryByRole('alert')).toBeNull()
    expect(focus()).not.toBe('nothing')
  })

  test('a pupil who has left the class meanwhile: said in the row, not silently nothing', async () => {
    const app = await atClass2A()
    const pupil = app.pupil('Asta Holm')
    await app.school.store.transaction((unit) => unit.savePupil({ ...pupil, active: false }))
    await app.showUsername('Asta Holm')
    expect(textOf(within(row('Asta Holm')).getByRole('alert'))).toContain(da.problems.notFound.title)
  })
})

describe('copying', () => {
  test('puts the username on the clipboard, confirms it and is logged', async () => {
    const app = await atClass2A()
    await app.showUsername('Asta Holm')
    await app.copyUsername('Asta Holm')
    expect(await navigator.clipboard.readText()).toBe('asta2011')
    expect(pageText()).toContain(fill(da.pupils.copied, { name: 'Asta Holm' }))
    expect(announced()).toContain(fill(da.pupils.copied, { name: 'Asta Holm' }))
    expect(app.activity('copyUsername', 'Asta Holm')).toHaveLength(1)
    expect(focus()).toBe('Kopiér brugernavn for Asta Holm')
  })

  test('cannot be done while the username is hidden', async () => {
    const app = await atClass2A()
    expect(app.hasRowButton('Kopiér brugernavn', 'Asta Holm')).toBe(false)
  })

  test('that the browser refuses is said, not claimed', async () => {
    const app = await atClass2A()
    await app.showUsername('Asta Holm')
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('', 'NotAllowedError'))
    await app.copyUsername('Asta Holm')
    expect(pageText()).toContain(da.pupils.copyFailed)
    expect(pageText()).not.toContain(fill(da.pupils.copied, { name: 'Asta Holm' }))
  })

  test('that cannot be logged is not done', async () => {
    const app = await atClass2A()
    await app.showUsername('Asta Holm')
    await navigator.clipboard.writeText('before')
    server.use(http.post('*/api/pupils/username-copies', () => problem('unexpected'), { once: true }))
    await app.copyUsername('Asta Holm')
    expect(await navigator.clipboard.readText()).toBe('before')
    expect(textOf(within(row('Asta Holm')).getByRole('alert'))).toContain(da.problems.unexpected.title)
    // The username is on the screen still; what is tried again is the copying.
    await app.press(within(row('Asta Holm')).getByRole('alert'), 'Prøv igen')
    expect(await navigator.clipboard.readText()).toBe('asta2011')
  })
})

describe('all usernames of a class', () => {
  const showAll = async (app: RenderedApp) => {
    await app.press(screen.getByRole('main'), 'Vis alle brugernavne')
    return dialog()
  }

  test('are asked about once, as a projector may be on, and then shown and logged', async () => {
    const app = await atClass2A()
    const question = await showAll(app)
    const names = namesIn(app.school, 'birkeskolen-2a')
    within(question).getByRole('heading', { name: da.pupils.revealAllTitle })
    expect(textOf(question)).toContain(fill(da.pupils.revealAllText_other, { count: names.length }))
    expect(app.activity('revealUsername')).toEqual([])
    expect(focus()).not.toBe('nothing')

    await app.pressInDialog('Vis alle brugernavne')
    noDialog()
    for (const name of rowNames()) expect(shownUsername(name)).toContain(app.pupil(name).username)
    expect(app.activity('revealUsername')).toHaveLength(names.length)
    expect(announced()).toContain(fill(da.pupils.revealedAll_other, { count: names.length }))
    expect(everywhereElse(app)).not.toContain('asta2011')
    expect(focus()).toBe(da.pupils.hideAll)
  })

  test('are counted as they are shown, where somebody has left the class meanwhile', async () => {
    const app = await atClass2A()
    const pupil = app.pupil('Asta Holm')
    await app.school.store.transaction((unit) => unit.savePupil({ ...pupil, active: false }))
    const count = rowNames().length - 1
    await app.press(screen.getByRole('main'), 'Vis alle brugernavne')
    await app.pressInDialog('Vis alle brugernavne')
    expect(announced()).toContain(fill(da.pupils.revealedAll_other, { count }))
  })

  test('hide together after 30 seconds', async () => {
    const app = await atClass2A()
    await showAll(app)
    await app.pressInDialog('Vis alle brugernavne')
    await passTime(seconds(30) - 1)
    expect(pageText()).toContain('asta2011')
    await passTime(1)
    for (const name of rowNames()) expect(shownUsername(name)).toBe('')
  })

  test('hide together by one press, without a question', async () => {
    const app = await atClass2A()
    await showAll(app)
    await app.pressInDialog('Vis alle brugernavne')
    await app.press(screen.getByRole('main'), da.pupils.hideAll)
    noDialog()
    for (const name of rowNames()) expect(shownUsername(name)).toBe('')
  })

  test.each(['Annullér', '{Escape}'])('are not shown when the answer is %s', async (no) => {
    const app = await atClass2A()
    await showAll(app)
    if (no === '{Escape}') await app.user.keyboard(no)
    else await app.pressInDialog(no)
    noDialog()
    expect(app.activity('revealUsername')).toEqual([])
    expect(pageText()).not.toContain('asta2011')
    expect(focus()).toBe('Vis alle brugernavne')
  })

  test('that cannot be shown: the question says why, and may be answered again', async () => {
    const app = await atClass2A()
    server.use(
      http.post(
        '*/api/pupils/username-reveals',
        () => problem('too-many-requests', { retryAfterSeconds: 30 }),
        {
          once: true,
        },
      ),
    )
    await showAll(app)
    await app.pressInDialog('Vis alle brugernavne')
    expect(textOf(dialog())).toContain(fill(da.problems.tooMany.text, { wait: '30 sekunder' }))
    await app.pressInDialog('Vis alle brugernavne')
    noDialog()
    expect(shownUsername('Asta Holm')).toContain('asta2011')
  })

  test('an old failure is not shown when the question is asked anew', async () => {
    const app = await atClass2A()
    server.use(http.post('*/api/pupils/username-reveals', () => problem('unexpected'), { once: true }))
    await showAll(app)
    await app.pressInDialog('Vis alle brugernavne')
    await app.pressInDialog('Annullér')
    const question = await showAll(app)
    expect(within(question).queryByRole('alert')).toBeNull()
  })
})
