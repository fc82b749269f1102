import { render, screen } from '@testing-library/react'
import userEvent, { PointerEventsCheckLevel } from '@testing-library/user-event'
import { HttpResponse, http } from 'msw'
import { beforeEach, expect, test, vi } from 'vitest'
import takeAway from '../../locales/da/takeAway.json'
import takeAwayEn from '../../locales/en/takeAway.json'
import { server } from '../../mocks/node'
import { exportRequestSchema } from '../../server/take-away/schema'
import type { Pupil } from '../../src/api/pupil-cache'
import { ExportButton } from '../../src/features/take-away/ExportButton'
import { keepLanguage, type Language } from '../../src/i18n/language'
import { alsoLoad, startI18n } from '../../src/i18n/start'
import { takeAwayTexts } from '../../src/i18n/take-away-texts'
import { AnnouncerProvider } from '../../src/ui/Announcer'
import { problem, REQUEST_ID } from './problems'
import { announced, focus, textOf } from './verbs'
import { da, fill } from './words'

/** The page of the button; what the API does is tried in tests/api/abuse/take-away.test.ts. */

const EXPORTS = '*/api/pupils/exports'
const BOM = '\uFEFF'

const pupils = (count: number): Pupil[] =>
  Array.from({ length: count }, (_, place) => ({
    id: `p-${place}`,
    name: `Elev ${place}`,
    protected: false,
    homeClass: null,
    classIds: [],
    year: 3,
    policy: 'indskoling',
    policyOverridden: false,
    changeBy: null,
    status: {
      block: null,
      localLogin: false,
      neverSignedIn: false,
      mustChange: null,
      resetWindow: null,
      stepUp: null,
      stepUpRequest: null,
    },
    can: { giveNewPassword: { allowed: true }, stepUp: { allowed: true } },
  }))

const saved: { name: string; file: Blob }[] = []

beforeEach(() => {
  saved.length = 0
  let latest = new Blob()
  vi.stubGlobal(
    'URL',
    Object.assign(URL, {
      createObjectURL: (file: Blob) => {
        latest = file
        return 'blob:school'
      },
      revokeObjectURL: () => undefined,
    }),
  )
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, file: latest })
  })
})

async function show(count: number, language: Language = 'da') {
  keepLanguage(language)
  await startI18n()
  await alsoLoad(takeAwayTexts)
  render(
    <AnnouncerProvider>
      <ExportButton pupils={pupils(count)} fileName="elever" />
    </AnnouncerProvider>,
  )
  const user = userEvent.setup({ delay: null, pointerEventsCheck: PointerEventsCheckLevel.Never })
  const { label } = language === 'da' ? takeAway.export : takeAwayEn.export
  return () => user.click(screen.getByRole('button', { name: label }))
}

/** Answers as the API does, with the names of the columns as it was given them. */
function answerExports(gone: readonly string[] = []) {
  const asked: { ids: string[]; continues: boolean; key: string | null }[] = []
  server.use(
    http.post(EXPORTS, async ({ request }) => {
      const { pupilIds, words, continues } = exportRequestSchema.parse(await request.json())
      asked.push({ ids: pupilIds, continues, key: request.headers.get('Idempotency-Key') })
      const rows = pupilIds.filter((id) => !gone.includes(id)).map((id) => `${id}\r\n`)
      return HttpResponse.json({
        results: pupilIds.map((id) => ({ id, refusal: gone.includes(id) ? 'notFound' : null })),
        file: `${BOM}${continues ? '' : `${words.columns.name};${words.columns.changeBy}\r\n`}${rows.join('')}`,
      })
    }),
  )
  return asked
}

/** jsdom's files are read in this way only. */
const bytesOf = (file: Blob | undefined) =>
  new Promise<Uint8Array>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(new Uint8Array(reader.result instanceof ArrayBuffer ? reader.result : []))
    reader.onerror = reject
    reader.readAsArrayBuffer(file ?? new Blob())
  })

test.each([
  ['da', takeAway],
  ['en', takeAwayEn],
] as const)('downloads the file in the words of the page: %s', async (language, words) => {
  const asked = answerExports()
  const press = await show(3, language)
  await press()
  expect(saved.map(({ name }) => name)).toEqual(['elever.csv'])
  expect(saved[0]?.file.type).toBe('text/csv;charset=utf-8')
  const bytes = await bytesOf(saved[0]?.file)
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  expect(new TextDecoder().decode(bytes)).toBe(
    `${words.export.columns.name};${words.export.columns.changeBy}\r\np-0\r\np-1\r\np-2\r\n`,
  )
  expect(asked).toHaveLength(1)
  expect(announced()).toContain(fill(words.export.done_other, { count: 3 }))
})

test('asks for more than a thousand in parts, which make one file', async () => {
  const asked = answerExports()
  const press = await show(2_500)
  await press()
  expect(asked.map(({ ids, continues }) => [ids.length, continues])).toEqual([
    [1_000, false],
    [1_000, true],
    [500, true],
  ])
  expect(new Set(asked.map(({ key }) => key)).size).toBe(3)
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await bytesOf(saved[0]?.file))
  expect(text.split(BOM)).toHaveLength(2)
  expect(text.split('\r\n').slice(1, -1)).toEqual(pupils(2_500).map(({ id }) => id))
})

test('says who is not in the file', async () => {
  answerExports(['p-1'])
  const press = await show(3)
  await press()
  expect(announced()).toContain(fill(takeAway.export.doneWithout_one, { count: 1 }))
})

test('a refusal is told where it happened, and nothing is downloaded', async () => {
  server.use(http.post(EXPORTS, () => problem('not-allowed'), { once: true }))
  const press = await show(3)
  await press()
  expect(saved).toEqual([])
  expect(textOf(screen.getByRole('alert'))).toContain(da.problems.notAllowed.title)
  expect(textOf(screen.getByRole('alert'))).toContain(REQUEST_ID)
  expect(announced()).toBe('')

  answerExports()
  await userEvent
    .setup({ delay: null, pointerEventsCheck: PointerEventsCheckLevel.Never })
    .click(screen.getByRole('button', { name: da.common.tryAgain }))
  expect(screen.queryByRole('alert')).toBeNull()
  expect(saved).toHaveLength(1)
  expect(focus()).toBe(takeAway.export.label)
})

test('of nobody there is no file', async () => {
  const asked = answerExports()
  const press = await show(0)
  await press()
  expect(asked).toEqual([])
  expect(saved).toEqual([])
})
