import { useTranslation } from 'react-i18next'

const timeZone = 'Europe/Copenhagen'

/** Intl's formatters take milliseconds to make, so each is made when it is first used. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined
  return () => {
    made ??= make()
    return made
  }
}

const formatters = (locale: string) => {
  const time = once(() => new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit' }))
  const date = once(() => new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'long' }))
  const dateWithYear = once(
    () => new Intl.DateTimeFormat(locale, { timeZone, day: 'numeric', month: 'short', year: 'numeric' }),
  )
  const list = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }))
  const number = once(() => new Intl.NumberFormat(locale))
  return {
    /** Danish time of day of an ISO moment: `10.42`, or `10:42` in English. */
    time: (iso: string) => time().format(new Date(iso)),
    /** Danish day and month of an ISO moment. */
    date: (iso: string) => date().format(new Date(iso)),
    /** Danish day, short month and year of an ISO moment. */
    dateWithYear: (iso: string) => dateWithYear().format(new Date(iso)),
    list: (items: readonly string[]) => list().format(items),
    number: (value: number) => number().format(value),
  }
}

const byLanguage = { da: formatters('da-DK'), en: formatters('en-GB') }

/** Dates, times, lists and numbers in the language in use, always in Danish time. */
export function useFormat() {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? byLanguage.en : byLanguage.da
}

/** Minutes and seconds as a clock: `4:59`. */
export function asMinutesAndSeconds(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Hours and minutes as a clock, started minutes counted whole: `1:58`. */
export function asHoursAndMinutes(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}
