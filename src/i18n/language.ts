/** The languages of the app, Danish first. */
export const languages = ['da', 'en'] as const
export type Language = (typeof languages)[number]

const KEPT_AS = 'language'

/** The language chosen on this computer, or Danish. It says nothing about a person, so it stays after sign-out. */
export function keptLanguage(): Language {
  return localStorage.getItem(KEPT_AS) === 'en' ? 'en' : 'da'
}

export const keepLanguage = (language: Language): void => localStorage.setItem(KEPT_AS, language)

/** Fetches a language's texts; the one that is not in use is never loaded. */
export const loadTexts = async (language: Language) =>
  (await (language === 'da' ? import('./da') : import('./en'))).default
