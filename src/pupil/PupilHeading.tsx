import { useTranslation } from 'react-i18next'
import { PageHeading } from '../ui/PageHeading'

/** The heading of a pupil's page, which also names the tab. `focusKey` tells steps with the same words apart. */
export function PupilHeading({ title, focusKey }: { title: string; focusKey?: string | undefined }) {
  const { t } = useTranslation()
  return <PageHeading title={title} documentTitle={t('documentTitle', { page: title })} focusKey={focusKey} />
}
