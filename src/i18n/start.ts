import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { keepLanguage, keptLanguage, type Language, loadTexts } from './language'

/** Texts that are fetched together; `namespace` is one of theirs, which tells whether they are here. */
export interface TextSource {
  namespace: string
  load: (language: Language) => Promise<object>
}

const sources = new Map<string, TextSource>()
const addSource = (source: TextSource) => sources.set(source.namespace, source)
addSource({ namespace: 'common', load: loadTexts })

async function addTexts(language: Language) {
  const missing = [...sources.values()].filter(
    ({ namespace }) => !i18next.hasResourceBundle(language, namespace),
  )
  const loaded = await Promise.all(missing.map(({ load }) => load(language)))
  for (const texts of loaded) {
    for (const [namespace, words] of Object.entries(texts))
      i18next.addResourceBundle(language, namespace, words)
  }
}

/** Fetches more texts, now and with every change of language. */
export async function alsoLoad(source: TextSource): Promise<void> {
  addSource(source)
  await addTexts(i18next.language === 'en' ? 'en' : 'da')
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
  await addTexts(language)
  await i18next.changeLanguage(language)
  keepLanguage(language)
}
