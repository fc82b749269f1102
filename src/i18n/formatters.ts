import type { Language } from './language'

const timeZone = 'Europe/Copenhagen'

/** Intl's formatters take milliseconds to make, so each is made when it is first used. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined
  return () => {
    made ??= make()
    return made
  }
}

const formattersFor = (locale: string) => {
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

/** Dates, times, lists and numbers in each language, always in Danish time. */
export const formatters = { da: formattersFor('da-DK'), en: formattersFor('en-GB') } satisfies Record<
  Language,
  unknown
>
