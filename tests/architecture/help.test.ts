import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { LEAST_KEPT_DAYS, USUAL_KEPT_DAYS } from '../../server/activity/retention'
import { RATE_LIMIT_LONGEST } from '../../server/rate-limit'
import { GONE_KEPT } from '../../server/roster/rules'
import { SESSION_ABSOLUTE, SESSION_IDLE } from '../../server/session/rules'
import { days, hours, minutes } from '../../server/time'
import { type AnswerId, answerIds, answers } from '../../src/features/help/answers'
import { sights } from '../../src/features/help/guide'
import { indexOf, search, textsOf } from '../../src/features/help/search'
import { EASY, lix } from '../reading-ease'
import { files, read } from './sources'

const partSchema = z.strictObject({
  text: z.string().exactOptional(),
  causes: z.array(z.strictObject({ cause: z.string(), check: z.string() })).exactOptional(),
  steps: z.array(z.string()).exactOptional(),
})
const answerSchema = z.strictObject({
  title: z.string(),
  short: z.string(),
  messages: z.array(z.string()).exactOptional(),
  everybody: partSchema.exactOptional(),
  teacher: partSchema.exactOptional(),
  administrator: partSchema.exactOptional(),
  words: z.string(),
})
type Answer = z.infer<typeof answerSchema>

const answerIn = (language: string, id: string): Answer =>
  answerSchema.parse(JSON.parse(read(`locales/${language}/help/${id}.json`)))

/** All that is read of an answer, each text on a line of its own. */
function linesOf({ title, short, everybody, teacher, administrator }: Answer): string[] {
  const parts = [everybody, teacher, administrator].flatMap((part) => part ?? [])
  return [
    title,
    short,
    ...parts.flatMap(({ text = [], causes = [], steps = [] }) => [
      ...[text].flat(),
      ...causes.flatMap(({ cause, check }) => [cause, check]),
      ...steps,
    ]),
  ]
}

const languages = ['da', 'en'] as const

describe('the answers', () => {
  test.each(languages)('each has its file, and each file its answer (%s)', (language) => {
    const folder = `locales/${language}/help/`
    const found = files.filter((file) => file.startsWith(folder))
    expect(found.toSorted()).toEqual(answerIds.map((id) => `${folder}${id}.json`).toSorted())
  })

  describe.each(answerIds)('%s', (id) => {
    const facts = answers[id]

    test('is written in both languages, with the same parts and messages', () => {
      const [danish, english] = [answerIn('da', id), answerIn('en', id)]
      expect(english.messages).toEqual(danish.messages)
      expect(Object.keys(english)).toEqual(Object.keys(danish))
    })

    test('is easy to read in Danish', () => {
      expect(lix(linesOf(answerIn('da', id)).join('\n'))).toBeLessThanOrEqual(EASY)
    })

    test('speaks to those it is for', () => {
      const { everybody, teacher, administrator } = answerIn('da', id)
      expect(everybody ?? teacher ?? administrator).toBeDefined()
      for (const role of facts.for) expect(everybody ?? { teacher, administrator }[role]).toBeDefined()
    })

    test('has its source, its day and no dead link', () => {
      expect(facts.sources.length).toBeGreaterThan(0)
      expect(facts.checked).toBe(z.iso.date().parse(facts.checked))
      expect(facts.see.filter((other) => !(other in answers) || other === id)).toEqual([])
    })
  })
})

describe('words in quotes', () => {
  /** Every text of the app itself, by which a button or a status is named. */
  const said = (language: string) =>
    files
      .filter((file) => file.startsWith(`locales/${language}/`) && !file.includes('/help'))
      .map(read)
      .join('\n')
  /** What Unilogin calls its own things, in Danish whatever the language. */
  const unilogins = ['Jeg kender ikke mit brugernavn', 'identity provider', 'aktører']

  test.each(languages)('are the very labels of the app or of Unilogin (%s)', (language) => {
    const labels = said(language)
    const wrong = answerIds.flatMap((id) =>
      linesOf(answerIn(language, id))
        .flatMap((line) => [...line.matchAll(/“([^”]+)”/g)].map(([, label = '']) => label))
        .filter((label) => !labels.includes(`"${label}"`) && !unilogins.includes(label))
        .map((label) => `${id}: ${label}`),
    )
    expect(wrong).toEqual([])
  })
})

/** Every error message of source document 004, and the answer that tells of it. */
const messages: Record<string, string> = {
  'Dit brugernavn blev ikke fundet': 'brugernavn-ikke-fundet',
  'Denne bruger er ikke tilknyttet Unilogin': 'ikke-tilknyttet',
  'Der er ingen aktører tilknyttet brugeren': 'ingen-aktoerer',
  'Uventet fejl ved håndtering af autentifikationsforespørgsel til identity provider': 'identity-provider',
  'Det angivne domænenavn er ikke tilknyttet en identity provider': 'identity-provider',
  'Uventet fejl ved autentifikation med identity provider': 'identity-provider',
}

describe.each(Object.entries(messages))('the message “%s”', (message, id) => {
  test.each(languages)('has its answer, for teachers and for administrators (%s)', (language) => {
    const answer = answerIn(language, id)
    expect(answer.messages?.some((each) => each.includes(message))).toBe(true)
    expect(answer.teacher).toBeDefined()
    expect(answer.administrator).toBeDefined()
  })
})

/** Every question of source document 004, shortened, in its order, and the answer to it; then some in people's own words. */
const questions: readonly (readonly [question: string, answer: AnswerId])[] = [
  ['Hvornår skal vi skifte adgangskode', 'hvor-tit-skiftes'],
  ['Problemer med at logge ind', 'log-paa'],
  ['Hvor tit skal man skifte adgangskode', 'hvor-tit-skiftes'],
  ['Hvor finder man en helt ny brugers adgangskode', 'ny-brugers-adgangskode'],
  ['Første indlogging', 'ny-brugers-adgangskode'],
  ['Hvad er elevadgang', 'hvad-er-elevadgang'],
  ['Hvornår og hvor kan man tilgå Elevadgang', 'hvem-har-adgang'],
  ['Hvordan får man adgang til elevadgang', 'hvem-har-adgang'],
  ['Hvad er lokal IdP (lokal loginløsning)', 'lokal-loginloesning'],
  ['Hvordan logger man ind med lokal IdP', 'log-paa-lokalt'],
  ['Jeg er elev og kan ikke logge ind', 'elev-kan-ikke-logge-paa'],
  ['Hvad sker der for mig som elev', 'saadan-logger-man-paa'],
  ['Hvordan får man brugeradministrator-rettighed', 'bliv-brugeradministrator'],
  ['Hvordan logger en brugeradministrator ind i det nye Elevadgang', 'log-paa-som-brugeradministrator'],
  ['Hvad er en brugeradministrators nye opgaver', 'brugeradministratorens-opgaver'],
  ['Vil brugeradministration.emu.dk fortsat virke', 'ba-emu-dk'],
  ['Kan jeg hjælpe en lærer med at skifte adgangskode', 'hjaelp-en-kollega'],
  ['Hvad med medarbejdere uden NemID', 'medarbejder-uden-mitid'],
  ['Jeg har problemer med at logge ind', 'log-paa'],
  ['Logget ind, men har ikke adgang til indholdet', 'ingen-adgang-til-indhold'],
  ['Hvorfor vises der ingen elever', 'ingen-elever'],
  ['Hvad skal jeg som lærer sikre, at jeg kan se', 'ingen-elever'],
  ['Hvilke elever kan læreren hjælpe med at skifte adgangskode', 'hvilke-elever'],
  ['Hvilke opgaver kan jeg løse med Elevadgang', 'hvad-er-elevadgang'],
  ['Hvad betyder step-up, hvad er Unilogin Faktor 2', 'to-faktor-adgang'],
  ['Hvor lang tid har en elev til at skifte sin adgangskode', 'giv-ny-adgangskode'],
  ['Hvor tit skal medarbejdere skifte adgangskode', 'hvor-tit-skiftes'],
  ['Mit barn har glemt sin adgangskode, hvordan kan jeg hjælpe', 'foraeldre'],
  ['Hvad gør en forælder, som ikke har NemID', 'foraeldre-uden-mitid'],
  ['Hvordan kommer jeg i kontakt med STIL support', 'kontakt-support'],
  ['har fået ny telefon', 'mistet-telefon'],
  ['hvordan faar jeg ny telefon', 'mistet-telefon'],
  ['eleven har glemt sin adgangskode', 'forkert-adgangskode'],
  ['den siger at der ikke er nogen aktører', 'ingen-aktoerer'],
  ['laerer uden mitid', 'medarbejder-uden-mitid'],
  ['eleven er låst ude', 'adgangen-er-spaerret'],
  ['adgangen er spærret', 'adgangen-er-spaerret'],
  ['hvad er mit eget brugernavn', 'brugernavn-ikke-fundet'],
]

describe('a question in the search field', () => {
  const { smallWords } = z.object({ smallWords: z.string() }).parse(JSON.parse(read('locales/da/help.json')))
  const index = indexOf(
    answerIds.map((id) => ({ found: id, texts: textsOf(answerIn('da', id)) })),
    smallWords,
  )

  test.each(questions)('“%s” finds %s first', (question, id) => {
    expect(search(index, question)[0]).toBe(id)
  })
})

test('what a pupil may see has words in both languages', () => {
  for (const language of languages) {
    const words = z
      .object({ sights: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read(`locales/${language}/help.json`)))
    expect(Object.keys(words.sights).toSorted()).toEqual([...sights].toSorted())
  }
})

const articleSchema = z.object({
  lead: z.string(),
  sections: z.array(z.object({ heading: z.string(), text: z.array(z.string()), list: z.array(z.string()) })),
})
const article = (language: string, name: string) =>
  articleSchema.parse(JSON.parse(read(`locales/${language}/${name}.json`)))
const linesOfArticle = (language: string, name: string) => {
  const { lead, sections } = article(language, name)
  return [lead, ...sections.flatMap(({ heading, text, list }) => [heading, ...text, ...list])]
}

test.each(['privacy', 'accessibility'])(
  'the page %s is easy to read in Danish, and as long in English',
  (name) => {
    expect(lix(linesOfArticle('da', name).join('\n'))).toBeLessThanOrEqual(EASY)
    expect(linesOfArticle('en', name)).toHaveLength(linesOfArticle('da', name).length)
  },
)

test('the page on personal data tells the times that the server keeps', () => {
  expect([SESSION_IDLE, SESSION_ABSOLUTE, GONE_KEPT]).toEqual([minutes(20), hours(8), days(30)])
  expect([RATE_LIMIT_LONGEST, USUAL_KEPT_DAYS, LEAST_KEPT_DAYS]).toEqual([days(1), 365, 30])
  const told = linesOfArticle('da', 'privacy').join('\n')
  for (const words of [
    '20 minutter',
    '8 timer',
    'i skolens system: efter 30 dage',
    'hver adresse på nettet: efter cirka et døgn',
    'Aktivitet: efter et år',
    'mindst 30 dage',
  ]) {
    expect(told).toContain(words)
  }
})

/** What the accessibility statement says is tried, and where it is. */
const evidence = [
  ['tests/browser/every-state.spec.ts', 'lookerFor'],
  ['tests/browser/every-pupil-state.spec.ts', 'lookerFor'],
  ['tests/browser/keyboard.spec.ts', 'keyboardOf'],
  ['tests/browser/large-text.spec.ts', 'test('],
  ['tests/browser/help.spec.ts', 'lookerFor'],
  ['tests/browser/support/looker.ts', 'width: 320'],
] as const

test.each(evidence)('the accessibility statement rests on %s', (file, trace) => {
  expect(files).toContain(file)
  expect(read(file)).toContain(trace)
})
