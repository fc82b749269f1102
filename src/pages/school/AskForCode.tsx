import { useTranslation } from 'react-i18next'
import { SecondFactorForm } from '../../features/session/SecondFactorForm'

/** Asks for a new second factor inside a dialog, where the one that was given is too old for a change. */
export function AskForCode({ onGiven }: { onGiven: () => void }) {
  const { t } = useTranslation('schoolPupil')
  return <SecondFactorForm heading={<p className="lead">{t('codeAgain')}</p>} onGiven={onGiven} />
}

/** For the dialogs that need it. */
export const askForCode = (onGiven: () => void) => <AskForCode onGiven={onGiven} />
