import { useTranslation } from 'react-i18next'
import type { StepUpService } from '../../../server/step-up/rules'
import { Button } from '../../ui/Button'
import { BackToStart } from '../BackToStart'
import { ProblemLine } from '../ProblemLine'
import { PupilHeading } from '../PupilHeading'
import { useOpenService } from '../queries'
import { useErrorWords } from '../words'
import { ServicePicture } from './ServicePicture'

interface EndedPageProps {
  service: StepUpService
  /** `over`: the two hours have passed. `ask`: nobody has been asked yet. */
  ended: 'declined' | 'withdrawn' | 'replaced' | 'expired' | 'over' | 'ask'
}

/** Why the service is not open, and the way to ask (again). */
export function EndedPage({ service, ended }: EndedPageProps) {
  const { t } = useTranslation('pupilPages')
  const openService = useOpenService()
  const words = useErrorWords()
  return (
    <div className="pupil-waiting">
      <PupilHeading title={t(`ended.${ended}.title`)} focusKey={ended} />
      <ServicePicture service={service} />
      <p>{t(`ended.${ended}.text`, { service: t(`services.${service}`) })}</p>
      <ProblemLine>{words(openService.error)}</ProblemLine>
      <Button variant="primary" busy={openService.isPending} onClick={() => openService.mutate(service)}>
        {ended === 'ask' ? t('askTeacher') : t('askAgain')}
      </Button>
      <p>
        <BackToStart />
      </p>
    </div>
  )
}
