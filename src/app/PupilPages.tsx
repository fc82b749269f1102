import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { alsoLoad } from '../i18n/start'
import { Skeleton } from '../ui/Skeleton'

const download = () => Promise.all([import('../pupil/PupilApp'), import('../i18n/pupil-texts')])

/** Fetches the pupils' pages before they are drawn. */
export async function preloadPupilPages(): Promise<void> {
  await download()
}

/** The pupils' pages, with texts and styles of their own, which no teacher downloads. */
const PupilApp = lazy(async () => {
  const [{ PupilApp }, { pupilTexts }] = await download()
  await alsoLoad(pupilTexts)
  return { default: PupilApp }
})

export function PupilPages() {
  const { t } = useTranslation()
  return (
    <Suspense
      fallback={
        <main className="frame-main">
          <Skeleton lines={4} label={t('loading')} />
        </main>
      }
    >
      <PupilApp />
    </Suspense>
  )
}
