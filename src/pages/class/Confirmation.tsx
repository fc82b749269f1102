import { useTranslation } from 'react-i18next'
import type { Refused } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'
import { ConfirmForMany } from './ConfirmForMany'

/** What is about to be done for many. */
export interface Asking {
  action: 'giveNewPassword' | 'stepUp'
  pupils: readonly Pupil[]
}

interface ConfirmationProps {
  asking: Asking
  onConfirm: (pupils: readonly Pupil[], leftOut: readonly Refused[]) => void
  onClose: () => void
}

/** Asks before something is done for many. */
export function Confirmation({ asking: { action, pupils }, onConfirm, onClose }: ConfirmationProps) {
  const { t: reset } = useTranslation('passwordReset')
  const { t: stepUpWords } = useTranslation('stepUp')
  const covered = pupils.filter((pupil) => pupil.can[action].allowed)
  const leftOut = pupils.flatMap((pupil) => {
    const verdict = pupil.can[action]
    return verdict.allowed ? [] : [{ pupil, refusal: verdict.reason }]
  })
  const isReset = action === 'giveNewPassword'
  const count = covered.length
  const endsStepUp = isReset && covered.some((pupil) => pupil.status.stepUp !== null)
  const nobody = isReset ? reset('confirmNobody') : stepUpWords('confirmNobody')
  return (
    <ConfirmForMany
      title={
        count === 0
          ? nobody
          : isReset
            ? reset('confirmTitle', { count })
            : stepUpWords('confirmTitle', { count })
      }
      leftOut={leftOut}
      leftOutTitle={
        isReset
          ? reset('leftOutTitle', { count: leftOut.length })
          : stepUpWords('leftOutTitle', { count: leftOut.length })
      }
      confirmLabel={isReset ? reset('give') : stepUpWords('give')}
      onConfirm={count === 0 ? null : () => onConfirm(covered, leftOut)}
      onClose={onClose}
    >
      {count > 0 && <p>{isReset ? reset('confirmText') : stepUpWords('confirmText')}</p>}
      {endsStepUp && <p>{reset('confirmEndsStepUp')}</p>}
    </ConfirmForMany>
  )
}
