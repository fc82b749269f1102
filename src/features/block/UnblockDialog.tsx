import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { GuardedDialog } from '../../api/GuardedDialog'
import { type Answered, useGuardedDeed } from '../../api/guarded-deed'
import { ProblemNotice } from '../../api/ProblemNotice'
import type { DeedFor, DeedOutcome } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'
import { unblock } from './queries'

interface UnblockDialogProps {
  pupils: readonly Pupil[]
  /** Carries it out for these pupils; the dialog waits and tells what went wrong. */
  onSend: (deedFor: DeedFor, pupils: readonly Pupil[]) => Promise<DeedOutcome>
  /** What asks for a new second factor, where the API wants one first. */
  secondFactor: (onGiven: () => void) => ReactNode
  /** The page tells how it ended, and closes the dialog. */
  onAnswered: (answered: Answered) => void
  onClose: () => void
}

/** "Ophæv spærring" for one or many, after asking once. */
export function UnblockDialog({ pupils, onSend, secondFactor, onAnswered, onClose }: UnblockDialogProps) {
  const { t } = useTranslation('block')
  const guarded = useGuardedDeed(onAnswered)
  const { error, start } = guarded
  const [first] = pupils
  const count = pupils.length
  return (
    <GuardedDialog
      title={
        count === 1 && first ? t('unblockTitleOne', { name: first.name }) : t('unblockTitleMany', { count })
      }
      guarded={guarded}
      secondFactor={secondFactor}
      confirm={{
        label: t('unblock'),
        variant: 'primary',
        onClick: () => start(() => onSend(unblock, pupils)),
      }}
      onClose={onClose}
    >
      {error && <ProblemNotice error={error} />}
      <p>{t('unblockWhat')}</p>
    </GuardedDialog>
  )
}
