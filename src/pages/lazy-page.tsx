import { type ComponentType, lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { alsoLoad, type TextSource } from '../i18n/start'
import { Skeleton } from '../ui/Skeleton'

/**
 * A page, or a part of one, that is fetched when it is first drawn, together with the texts that it alone has.
 * @param lines how many grey lines stand for it meanwhile
 */
export function lazyPage(
  lines: number,
  download: () => Promise<readonly [ComponentType, ...(readonly TextSource[])]>,
) {
  const Page = lazy(async () => {
    const [page, ...texts] = await download()
    await Promise.all(texts.map(alsoLoad))
    return { default: page }
  })
  return function LazyPage() {
    const { t } = useTranslation()
    return (
      <Suspense fallback={<Skeleton lines={lines} label={t('loading')} />}>
        <Page />
      </Suspense>
    )
  }
}
