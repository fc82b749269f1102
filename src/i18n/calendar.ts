import { useTranslation } from 'react-i18next'

/** Danish days, for pages that tell of many of them; fetched with those. */

const timeZone = 'Europe/Copenhagen'

/** Writes dates as ISO does. */
const isoDay = new Intl.DateTimeFormat('sv-SE', { timeZone })

/** The Danish day of a moment: `2026-11-20`. */
export const dayOf = (moment: string | number): string => isoDay.format(new Date(moment))

const formatters = (locale: string) => {
  const weekday = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long' })
  const date = new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'long' })
  const withYear = new Intl.DateTimeFormat(locale, {
    timeZone,
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
  const yearOf = (moment: string | number) => dayOf(moment).slice(0, 4)
  return (iso: string, now: number) => ({
    weekday: weekday.format(new Date(iso)),
    date: (yearOf(iso) === yearOf(now) ? date : withYear).format(new Date(iso)),
  })
}

const byLanguage = { da: formatters('da-DK'), en: formatters('en-GB') }

/** The weekday and the date of an ISO moment, with the year where it is not that of `now`. */
export function useDayWords() {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? byLanguage.en : byLanguage.da
}
