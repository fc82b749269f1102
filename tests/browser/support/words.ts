import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type demo from '../../../locales/da/demo.json'
import type { ActivityTexts } from '../../../src/i18n/activity-texts'
import type { Texts } from '../../../src/i18n/da'
import type { Articles, HelpTexts } from '../../../src/i18n/help-texts'
import type { MissingPupilTexts } from '../../../src/i18n/missing-pupil-texts'
import type { PupilTexts } from '../../../src/i18n/pupil-texts'
import type { SchoolTexts } from '../../../src/i18n/school-texts'
import type { TakeAwayTexts } from '../../../src/i18n/take-away-texts'
import { labels } from '../../labels'

export { fill } from '../../labels'

export type Language = 'da' | 'en'
export const languages: readonly Language[] = ['da', 'en']

const folder = (language: Language) => path.join(import.meta.dirname, '../../../locales', language)

type AllTexts = Texts &
  PupilTexts &
  SchoolTexts &
  TakeAwayTexts &
  ActivityTexts &
  MissingPupilTexts &
  HelpTexts &
  Articles & { demo: typeof demo }

// Read as files: Node takes JSON by `import` only with an attribute, which the page's own code does without.
const read = <Namespace extends keyof AllTexts>(
  language: Language,
  namespace: Namespace,
): AllTexts[Namespace] => JSON.parse(readFileSync(path.join(folder(language), `${namespace}.json`), 'utf8'))

const wordsIn = (language: Language) => ({
  ...labels[language],
  activity: read(language, 'activity'),
  block: read(language, 'block'),
  classes: read(language, 'classes'),
  common: read(language, 'common'),
  accessibility: read(language, 'accessibility'),
  demo: read(language, 'demo'),
  missingPupil: read(language, 'missingPupil'),
  passwordReset: read(language, 'passwordReset'),
  policy: read(language, 'policy'),
  help: read(language, 'help'),
  privacy: read(language, 'privacy'),
  problems: read(language, 'problems'),
  pupilPages: read(language, 'pupilPages'),
  pupils: read(language, 'pupils'),
  session: read(language, 'session'),
  stepUpTexts: read(language, 'stepUp'),
  school: read(language, 'wholeSchool'),
  schoolPupil: read(language, 'schoolPupil'),
  takeAway: read(language, 'takeAway'),
})

/** The title of an answer, by its name in the address. */
export const answerTitle = (language: Language, id: string): string =>
  JSON.parse(readFileSync(path.join(folder(language), 'help', `${id}.json`), 'utf8')).title

/** The fixed labels, and the texts of the locale files, which may be polished any day. */
export const words = { da: wordsIn('da'), en: wordsIn('en') }
export type Words = (typeof words)[Language]

/** A text as a pattern that its blanks may fill with anything. */
export const pattern = (text: string): RegExp =>
  new RegExp(
    text
      .split(/\{\{\w+\}\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+'),
  )

const textsIn = (language: Language) => {
  const found: string[] = []
  const collect = (value: unknown) => {
    if (typeof value === 'string') found.push(value)
    else if (typeof value === 'object' && value !== null)
      for (const each of Object.values(value)) collect(each)
  }
  const files = readdirSync(folder(language), { recursive: true, encoding: 'utf8' })
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    // The picker's words; the demo build has no picker.
    if (file !== 'demo.json') collect(JSON.parse(readFileSync(path.join(folder(language), file), 'utf8')))
  }
  return found
}

/** Parts of texts that stand in one language's files and nowhere in the other's. */
const partsOnlyIn = (language: Language): string[] => {
  const other = textsIn(language === 'da' ? 'en' : 'da')
    .join('\n')
    .toLowerCase()
  const parts = textsIn(language).flatMap((text) => text.split(/\{\{\w+\}\}/))
  return [...new Set(parts.map((part) => part.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')))].filter(
    (part) => part.length > 3 && !other.includes(part.toLowerCase()),
  )
}
const onlyIn = { da: partsOnlyIn('da'), en: partsOnlyIn('en') }

/** What stands on the page, and in the names of its parts, in the language that it is not in. */
export async function leftBehindIn(language: Language, page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const said = [document.title, document.body.innerText]
    for (const element of document.querySelectorAll('*')) {
      for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'aria-description']) {
        const text = element.getAttribute(name)
        if (text) said.push(text)
      }
    }
    for (const hidden of document.querySelectorAll('.visually-hidden, label'))
      said.push(hidden.textContent ?? '')
    return said.join('\n')
  })
  // What leads to the other language is written in that language.
  const expected = words[language === 'da' ? 'en' : 'da'].otherLanguage
  return onlyIn[language].filter(
    (part) =>
      part !== expected &&
      new RegExp(`(?<![\\p{L}])${part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}])`, 'u').test(texts),
  )
}
