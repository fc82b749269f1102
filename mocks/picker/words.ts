import { useSyncExternalStore } from 'react'
import da from '../../locales/da/demo.json'
import en from '../../locales/en/demo.json'
import { type Duration, hours, minutes } from '../../server/time'
import type { ScenarioName } from '../scenarios/scenarios'

type Words = typeof da & { scenarios: Record<ScenarioName, { title: string; text: string }> }

const byLanguage: Record<'da' | 'en', Words> = { da, en }

function whenLanguageChanges(listener: () => void) {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['lang'] })
  return () => observer.disconnect()
}

/** The picker's texts in the language of the page, which it may not ask the app for, and how to write things in it. */
export function useWords() {
  const language = useSyncExternalStore(whenLanguageChanges, () => document.documentElement.lang)
  const locale = language === 'en' ? 'en-GB' : 'da-DK'
  return { words: byLanguage[language === 'en' ? 'en' : 'da'], locale }
}

/** A text with its `{{placeholders}}` filled in. */
export const fill = (text: string, values: Record<string, string>): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (placeholder, name: string) => values[name] ?? placeholder)

/** Hours and minutes in words: `2 t. 5 min.`. */
export function asHoursAndMinutes(duration: Duration, locale: string): string {
  const inUnits = (count: number, unit: 'hour' | 'minute') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(count)
  const whole = Math.floor(duration / hours(1))
  const rest = Math.floor((duration % hours(1)) / minutes(1))
  return [whole > 0 && inUnits(whole, 'hour'), rest > 0 && inUnits(rest, 'minute')].filter(Boolean).join(' ')
}
