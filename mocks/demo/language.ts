import { useEffect } from 'react'

/** Where the app keeps the language, lent by main.tsx. */
export interface DemoLanguage {
  kept: () => 'da' | 'en'
  keep: (language: 'da' | 'en') => void
}

/** The language of the page is the one that was chosen last, on it or on one of its screens. @returns how to change it. */
export function useDemoLanguage({ kept, keep }: DemoLanguage, onChange: () => void): () => void {
  useEffect(() => {
    const show = () => {
      document.documentElement.lang = kept()
    }
    show()
    addEventListener('storage', show)
    return () => removeEventListener('storage', show)
  }, [kept])

  return () => {
    keep(kept() === 'en' ? 'da' : 'en')
    document.documentElement.lang = kept()
    onChange()
  }
}
