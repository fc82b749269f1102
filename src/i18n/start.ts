import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { keepLanguage, keptLanguage, type Language, loadTexts } from './language'

async function addTexts(language: Language) {
  const texts = await loadTexts(language)
  for (const [namespace, words] of Object.entries(texts))
    i18next.addResourceBundle(language, namespace, words)
}

/** Starts i18next in the language kept on this computer, and lets the document's `lang` follow. */
export async function startI18n(): Promise<i18n> {
  const language = keptLanguage()
  if (!i18next.isInitialized) {
    i18next.on('languageChanged', (changed) => {
      document.documentElement.lang = changed
    })
    await i18next.use(initReactI18next).init({
      lng: language,
      fallbackLng: false,
      defaultNS: 'common',
      resources: {},
      interpolation: { escapeValue: false },
    })
  }
  await changeLanguage(language)
  return i18next
}

/** Changes to a language once its texts are here, and keeps the choice on this computer. */
export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'common')) await addTexts(language)
  await i18next.changeLanguage(language)
  keepLanguage(language)
}
