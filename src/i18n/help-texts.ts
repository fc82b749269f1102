import { useTranslation } from 'react-i18next'
import type accessibility from '../../locales/da/accessibility.json'
import type da from '../../locales/da/help.json'
import type privacy from '../../locales/da/privacy.json'
import type { Language } from './language'
import type { TextSource } from './start'

/** What an answer says to some of its readers, in the order in which it is shown. */
export interface AnswerPart {
  text?: string
  /** What may be behind it, and what to do then. */
  causes?: readonly { cause: string; check: string }[]
  steps?: readonly string[]
}

/** Those who are told something of their own, in the order in which an answer speaks to them. */
export const readers = ['everybody', 'teacher', 'administrator'] as const
export type Reader = (typeof readers)[number]

/** One answer, as its file in locales has it. */
export type AnswerText = {
  title: string
  /** The answer in a sentence or two. */
  short: string
  /** What the screen says, as Unilogin says it: in Danish. */
  messages?: readonly string[]
  /** More words that people search with. */
  words: string
} & { [Who in Reader]?: AnswerPart }

/** The words of the help pages, fetched with them. Danish is the master and types the keys. */
export interface HelpTexts {
  help: typeof da
}

/** The two long texts that the law asks for. */
export interface Articles {
  accessibility: typeof accessibility
  privacy: typeof privacy
}

interface Loaded extends Articles {
  answers: ReadonlyMap<string, AnswerText>
}

const loaded = new Map<Language, Loaded>()

async function load(language: Language): Promise<HelpTexts> {
  const { help, answers, ...articles } = (
    await (language === 'da' ? import('./help-da') : import('./help-en'))
  ).default
  // A file is named as its answer is in an address.
  const named = Object.entries(answers).map(
    ([file, text]) => [file.slice(file.lastIndexOf('/') + 1, -'.json'.length), text] as const,
  )
  loaded.set(language, { ...articles, answers: new Map(named) })
  return { help }
}

export const helpTexts: TextSource = { namespace: 'help', load }

/** Every answer and article in the language in use. Needs `helpTexts`, which brings them before any of it is drawn. */
export function useHelpTexts(): Loaded {
  const { i18n } = useTranslation()
  const texts = loaded.get(i18n.language === 'en' ? 'en' : 'da')
  if (!texts) throw new Error('useHelpTexts needs helpTexts')
  return texts
}
