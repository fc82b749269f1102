import type { Overview } from '../overview'
import { useWords } from '../picker/words'

/** The time of the school's clock, as it is shown. */
export function useShownTime({ now }: Pick<Overview, 'now'>): string {
  const { locale } = useWords()
  return new Intl.DateTimeFormat(locale, { timeZone: 'Europe/Copenhagen', timeStyle: 'medium' }).format(now)
}
