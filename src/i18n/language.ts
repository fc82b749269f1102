import da from './da'

/** The languages of the app, Danish first. */
export const languages = ['da', 'en'] as const
export type Language = (typeof languages)[number]

const KEPT_AS = 'language'

/** The language chosen on this computer, or Danish. It says nothing about a person, so it stays after sign-out. */
export function keptLanguage(): Language {
  return localStorage.getItem(KEPT_AS) === 'en' ? 'en' : 'da'
}

export const keepLanguage = (language: Language): void => localStorage.setItem(KEPT_AS, language)

/** A language's texts. Danish, which nearly all read, comes with the entry; the other is fetched where it is chosen. */
export const loadTexts = async (language: Language) =>
  language === 'da' ? da : (await import('./en')).default
