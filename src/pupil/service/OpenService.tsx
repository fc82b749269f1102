import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { Icon } from '../../ui/Icon'
import { BackToStart } from '../BackToStart'
import { PupilHeading } from '../PupilHeading'
import type { OpenedService } from '../queries'
import { ServicePicture } from './ServicePicture'

/** What a service shows to whoever has the higher level, and until when. */
export function OpenService({ content }: { content: OpenedService }) {
  const { t } = useTranslation('pupilPages')
  const format = useFormat()
  return (
    <div className="pupil-service">
      <BackToStart />
      <PupilHeading title={t(`services.${content.service}`)} focusKey="open" />
      <p className="pupil-level">
        <Icon name="check-circle" />
        {t('service.until', { time: format.time(content.levelEndsAt) })}
      </p>
      {/* The demo's services write in Danish, whatever the language of the page. */}
      <article className="service-content" lang="da">
        <ServicePicture service={content.service} />
        <div>
          <h2>{content.title}</h2>
          <p>{content.text}</p>
        </div>
      </article>
    </div>
  )
}
