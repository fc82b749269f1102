import { useTranslation } from 'react-i18next'

const SECONDS_IN_A_MINUTE = 60

/** A wait in words, from whole seconds: minutes where it is more than one and a half, rounded up. */
export function useWait() {
  const { t } = useTranslation('problems')
  return (seconds: number) =>
    seconds > 1.5 * SECONDS_IN_A_MINUTE
      ? t('waitMinutes', { count: Math.ceil(seconds / SECONDS_IN_A_MINUTE) })
      : t('waitSeconds', { count: seconds })
}
