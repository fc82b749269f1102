import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button'
import { Help } from '../Help'
import { PupilHeading } from '../PupilHeading'

/** Stands in for the page of a municipality's or school's own login solution, which is out of our reach. */
export function LocalLogin({ domain, onBack }: { domain: string; onBack: () => void }) {
  const { t } = useTranslation('pupilPages')
  return (
    <div className="sign-in pupil-form">
      <PupilHeading title={t('local.title', { domain })} focusKey="local" />
      <p>{t('local.text')}</p>
      <Button icon="arrow-back" onClick={onBack}>
        {t('back')}
      </Button>
      <Help>{t('local.help')}</Help>
    </div>
  )
}
