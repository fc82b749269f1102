import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../paths'
import { Icon } from '../../ui/Icon'
import { PageHeading } from '../../ui/PageHeading'

interface HelpHeadingProps {
  title: string
  /** What the tab calls it, where the title names a pupil. */
  page?: string
  focusKey?: string | undefined
}

/** The heading of a page below the overview, and the way back to it. */
export function HelpHeading({ title, page = title, focusKey }: HelpHeadingProps) {
  const { t } = useTranslation('help')
  const { t: common } = useTranslation()
  return (
    <>
      <Link to={paths.help.to()} className="back-link">
        <Icon name="arrow-back" />
        {t('backToHelp')}
      </Link>
      <PageHeading title={title} documentTitle={common('documentTitle', { page })} focusKey={focusKey} />
    </>
  )
}
