import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, bodyOf } from '../../api/client'
import { Notice } from '../../ui/Notice'

/** How often the words are asked for while something is wrong. */
const ASK_EVERY_MS = 60_000

/** A bar that tells what is wrong right now, in the words of those who run the site; Danish where they have no other. */
export function OperatingStatus() {
  const { t, i18n } = useTranslation()
  const { data } = useQuery({
    queryKey: ['operating-status'],
    queryFn: () => bodyOf(api['operating-status'].$get()),
    refetchInterval: ASK_EVERY_MS,
    placeholderData: keepPreviousData,
  })
  const trouble = data?.trouble
  if (!trouble) return null
  const isEnglish = i18n.language === 'en' && trouble.en !== undefined
  return (
    <Notice kind="warning" title={t('trouble')} live="polite">
      <p lang={isEnglish ? 'en' : 'da'}>{isEnglish ? trouble.en : trouble.da}</p>
    </Notice>
  )
}
