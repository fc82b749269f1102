import { useTranslation } from 'react-i18next'
import { formatters } from './formatters'

/** Dates, times, lists and numbers in the language in use, always in Danish time. */
export function useFormat() {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? formatters.en : formatters.da
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
