import { screen, within } from '@testing-library/react'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import takeAway from '../../locales/da/takeAway.json'
import takeAwayEn from '../../locales/en/takeAway.json'
import { pupilListSchema } from '../../server/pupils/schema'
import { takeAwayTexts } from '../../src/i18n/take-away-texts'
import { failCalls, loseCalls, problem, REQUEST_ID } from './problems'
import { CLASS_2A, GERMAN_8, namesIn, type RenderedApp, renderApp } from './render-app'
import { minutes, passTime, settle, until } from './time'
import { announced, dialog, focus, heading, noDialog, pageText, rowNames, textOf } from './verbs'
import { da, fill } from './words'

const PRINT = 'Udskriv'
const SLIPS = '*/api/pupils/username-slips'

/** The browser's own way of printing, which jsdom has not. */
const print = vi.fn()

// The files that the button fetches are at hand, as they would be in a browser's cache: reading them for the first time
// takes longer than a test waits.
beforeAll(async () => {
  await Promise.all([
    import('../../src/features/take-away/PrintDialog'),
    takeAwayTexts.load('da'),
    takeAwayTexts.load('en'),
  ])
})

beforeEach(() => {
  print.mockReset()
  vi.stubGlobal('print', print)
})

/** The browser's dialog is closed, whatever was chosen in it. */
const closePrinter = () => {
  dispatchEvent(new Event('afterprint'))
  return settle()
}

const paper = (): HTMLElement | null => document.querySelector('.paper')
const onPaper = (): string => textOf(paper())
const usernamesIn = (app: RenderedApp, text: string): string[] =>
  app.school.store
    .snapshot()
    .pupils.map(({ username }) => username)
    .filter((username) => text.includes(username))

/** Everywhere a username could linger, apart from the paper. */
const everywhereElse = ({ queryClient }: RenderedApp) =>
  [
    pageText().replace(onPaper(), ''),
    location.href,
    document.title,
    announced(),
    JSON.stringify(history.state),
    JSON.stringify({ ...localStorage }),
    JSON.stringify({ ...sessionStorage }),
    JSON.stringify(
      queryClient
        .getQueryCache()
        .getAll()
        .map(({ queryKey, state }) => [queryKey, state.data]),
    ),
    JSON.stringify(queryClient.getMutationCache().getAll()),
  ].join('\n')

/** The dialog comes in a file of its own. */
async function pressPrint(app: RenderedApp, label = PRINT) {
  await app.press(screen.getByRole('main'), label)
  await until(dialog)
}

async function openPrint({ at = CLASS_2A } = {}) {
  const app = await renderApp({ at, as: 'lone4821' })
  await pressPrint(app)
  return app
}

const choose = (app: RenderedApp, label: string) =>
  app.user.click(within(dialog()).getByRole('radio', { name: label }))

async function askForSlips(app: RenderedApp, perSheet: string = takeAway.eight) {
  await choose(app, takeAway.slips)
  await choose(app, perSheet)
  await app.pressInDialog(takeAway.next)
}

async function printSlips(app: RenderedApp, perSheet?: string) {
  await askForSlips(app, perSheet)
  await app.pressInDialog(takeAway.printSlips)
}

describe('"Udskriv" on the page of a class', () => {
  test('asks what to print, and asks the API for nothing', async () => {
    const app = await openPrint()
    within(dialog()).getByRole('radio', { name: takeAway.classList, checked: true })
    within(dialog()).getByRole('radio', { name: takeAway.slips, checked: false })
    expect(focus()).toBe(takeAway.classList)
    await app.pressInDialog(da.common.cancel)
    noDialog()
    expect(focus()).toBe(PRINT)
    expect(print).not.toHaveBeenCalled()
    expect([...app.activity('printSlips'), ...app.activity('printClassList')]).toEqual([])
  })

  test('in English, and back to Danish', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821', language: 'en' })
    await pressPrint(app, 'Print')
    await choose(app, takeAwayEn.slips)
    expect(dialog().textContent).toContain(takeAwayEn.perSheet)
    await app.user.keyboard('{Escape}')
    await app.changeLanguage()
    await pressPrint(app)
    expect(dialog().textContent).toContain(takeAway.what)
  })
})

describe('a class list', () => {
  test('has every name once, in the order of the page, and no username; each is logged', async () => {
    const app = await openPrint()
    const names = rowNames()
    await app.pressInDialog(takeAway.print)
    expect(print).toHaveBeenCalledTimes(1)
    const lines = [...document.querySelectorAll('.paper tbody th')].map(textOf)
    expect(lines).toEqual(names)
    expect(textOf(document.querySelector('.paper h1'))).toBe('2.A · Birkeskolen')
    expect(onPaper()).toContain('20. november')
    expect(usernamesIn(app, document.documentElement.outerHTML)).toEqual([])
    expect(app.activity('printClassList')).toHaveLength(names.length)
    expect(app.activity('printClassList', 'Asta Holm')).toMatchObject([
      { actorId: 's-lone', outcome: 'done', institutionIds: ['birkeskolen'] },
    ])

    await closePrinter()
    noDialog()
    expect(paper()).toBeNull()
    expect(focus()).toBe(PRINT)
  })

  test('of a group says which class each comes from, and a protected pupil by alias only', async () => {
    const app = await openPrint({ at: GERMAN_8 })
    await app.pressInDialog(takeAway.print)
    expect(textOf(document.querySelector('.paper h1'))).toBe('Tysk 8 · Birkeskolen')
    const alias = [...document.querySelectorAll('.paper tbody tr')].find((row) =>
      row.textContent?.includes('Elev 31'),
    )
    expect(textOf(alias ?? null)).toMatch(/Elev 31 ?8\.[AB]/)
    expect(onPaper()).not.toContain(app.pupil('Elev 31').name)
  })
})

describe('slips with usernames', () => {
  test('are asked about before anything is fetched or printed', async () => {
    const app = await openPrint()
    await askForSlips(app)
    const count = rowNames().length
    expect(dialog().textContent).toContain(fill(takeAway.questionTitle_other, { count }))
    expect(dialog().textContent).toContain(takeAway.questionProjector)
    expect(focus()).toContain(takeAway.questionProjector)
    expect(app.activity('printSlips')).toEqual([])
    expect(print).not.toHaveBeenCalled()

    await app.pressInDialog(takeAway.back)
    within(dialog()).getByRole('radio', { name: takeAway.slips, checked: true })
    expect(focus()).toContain(takeAway.what)
    await app.user.keyboard('{Escape}')
    noDialog()
    expect(app.activity('printSlips')).toEqual([])
  })

  test('have every name and username once, eight on a sheet, and are logged', async () => {
    const app = await openPrint()
    await printSlips(app)
    expect(print).toHaveBeenCalledTimes(1)
    const slips = [...document.querySelectorAll('.paper article')]
    const names = namesIn(app.school, 'birkeskolen-2a')
    expect(slips).toHaveLength(names.length)
    for (const name of names) {
      const slip = slips.find((each) => each.textContent?.includes(name)) ?? null
      expect(textOf(slip)).toContain(app.pupil(name).username)
      expect(textOf(slip)).toContain('2.A · Birkeskolen')
      expect(textOf(slip)).toContain(`${location.host}/elev`)
      expect(textOf(slip)).toContain(takeAway.slip.help)
      expect(onPaper().split(app.pupil(name).username)).toHaveLength(2)
    }
    expect(usernamesIn(app, onPaper())).toHaveLength(names.length)
    const sheets = [...document.querySelectorAll('.paper section')]
    expect(sheets.map((sheet) => sheet.querySelectorAll('article').length)).toEqual([
      8,
      8,
      8,
      names.length - 24,
    ])
    expect(app.activity('printSlips')).toHaveLength(names.length)
    expect(app.activity('revealUsername')).toEqual([])
  })

  test('one on each sheet, where that is chosen', async () => {
    const app = await openPrint()
    await printSlips(app, takeAway.one)
    const sheets = [...document.querySelectorAll('.paper section')]
    expect(sheets).toHaveLength(rowNames().length)
    expect(sheets.map((sheet) => sheet.querySelectorAll('article').length)).toEqual(sheets.map(() => 1))
  })

  test('are nowhere but on the paper, and gone once the printer is closed', async () => {
    const app = await openPrint()
    await printSlips(app)
    expect(usernamesIn(app, onPaper()).length).toBeGreaterThan(20)
    expect(usernamesIn(app, everywhereElse(app))).toEqual([])

    await closePrinter()
    noDialog()
    expect(announced()).toContain(takeAway.gone)
    expect(focus()).toBe(PRINT)
    expect(usernamesIn(app, document.documentElement.outerHTML + everywhereElse(app))).toEqual([])
    expect(document.documentElement.className).toBe('')
  })

  test('are gone with the dialog where the browser says nothing of its printer', async () => {
    const app = await openPrint()
    await printSlips(app)
    await app.pressInDialog(da.common.close)
    noDialog()
    expect(usernamesIn(app, document.documentElement.outerHTML)).toEqual([])
  })

  test('are gone with the page, which Back may bring again', async () => {
    const app = await openPrint()
    await printSlips(app)
    dispatchEvent(new Event('pagehide'))
    await settle()
    expect(usernamesIn(app, document.documentElement.outerHTML)).toEqual([])
  })

  test('are gone with the session', async () => {
    const app = await openPrint()
    await printSlips(app)
    await app.endSessions()
    await passTime(minutes(2))
    heading(da.session.signInTitle)
    expect(usernamesIn(app, document.documentElement.outerHTML)).toEqual([])
  })

  test('say of a local login that its own password is needed', async () => {
    const app = await openPrint()
    await printSlips(app)
    const withNote = [...document.querySelectorAll('.paper article')].filter((slip) =>
      slip.textContent?.includes(takeAway.slip.localLogin),
    )
    expect(withNote.map((slip) => textOf(slip.firstElementChild))).toEqual(['Carla Nguyen'])
  })

  test('that are too many are refused with the reason, and nothing is printed', async () => {
    const app = await openPrint()
    failCalls(SLIPS, 1, () => problem('too-many-requests', { retryAfterSeconds: 600 }))
    await printSlips(app)
    expect(dialog().textContent).toContain(da.problems.tooMany.title)
    expect(dialog().textContent).toContain(REQUEST_ID)
    expect(print).not.toHaveBeenCalled()
    expect(paper()).toBeNull()
  })

  test.each(['before it arrived', 'after it was carried out'] as const)(
    'abuse case 23: an answer is lost %s; pressed again, they are in the log once',
    async (loss) => {
      const app = await openPrint()
      await askForSlips(app)
      const sent = loseCalls(SLIPS, app.school, app.jar, loss, 1)
      await app.pressInDialog(takeAway.printSlips)
      expect(dialog().textContent).toContain(da.problems.connection.title)
      expect(print).not.toHaveBeenCalled()
      await app.pressInDialog(takeAway.printSlips)
      expect(print).toHaveBeenCalledTimes(1)
      expect(new Set(sent.map(({ key }) => key)).size).toBe(1)
      expect(app.activity('printSlips')).toHaveLength(rowNames().length)
    },
  )

  test('leave out who has gone since, say so, and print the rest', async () => {
    const app = await openPrint()
    await askForSlips(app)
    const gone = app.pupil('Asta Holm')
    await app.school.store.transaction((unit) => unit.savePupil({ ...gone, active: false }))
    await app.pressInDialog(takeAway.printSlips)
    expect(dialog().textContent).toContain(fill(takeAway.leftOutTitle_one, { count: 1 }))
    expect(dialog().textContent).toContain('Asta Holm')
    expect(print).not.toHaveBeenCalled()
    await app.pressInDialog(takeAway.printRest)
    expect(print).toHaveBeenCalledTimes(1)
    expect(onPaper()).not.toContain('Asta Holm')
    expect(onPaper()).not.toContain('asta2011')
    expect(onPaper()).toContain('emil2015')
  })

  test('abuse case 10: nobody but those whom the list shows', async () => {
    const app = await openPrint({ at: GERMAN_8 })
    await printSlips(app)
    const answer = await app.school.fetch(app.requestTo('/api/pupils'))
    const { pupils } = pupilListSchema.parse(await answer.json())
    const mine = pupils.map(({ name }) => app.pupil(name).username)
    const printed = usernamesIn(app, onPaper())
    expect(printed).toHaveLength(rowNames().length)
    expect(printed.filter((username) => !mine.includes(username))).toEqual([])
  })
})
