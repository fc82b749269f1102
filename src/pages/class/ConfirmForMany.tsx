import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pupil } from '../../api/pupil-cache'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'

interface ConfirmForManyProps {
  title: string
  /** What will happen. */
  children: ReactNode
  /** The pupils who cannot be covered, each with the reason. */
  leftOut: readonly { pupil: Pupil; refusal: 'blocked' | 'localLogin' }[]
  leftOutTitle: string
  confirmLabel: string
  /** Missing where nobody at all can be covered. */
  onConfirm: (() => void) | null
  onClose: () => void
}

/** As many names as can be read at a glance. */
const FEW = 12

/** Asked once before something is done for many: who is covered, who is not and why. */
export function ConfirmForMany({
  title,
  children,
  leftOut,
  leftOutTitle,
  confirmLabel,
  onConfirm,
  onClose,
}: ConfirmForManyProps) {
  const { t } = useTranslation('pupils')
  const { t: common } = useTranslation()
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      actions={
        <>
          {onConfirm && (
            <Button variant="primary" onClick={onConfirm}>
              {confirmLabel}
            </Button>
          )}
          <Button variant="secondary" onClick={onClose}>
            {onConfirm ? common('cancel') : common('close')}
          </Button>
        </>
      }
    >
      {children}
      {leftOut.length > 0 && (
        <details open={leftOut.length <= FEW}>
          <summary>{leftOutTitle}</summary>
          <ul>
            {leftOut.map(({ pupil, refusal }) => (
              <li key={pupil.id}>
                {t('leftOutPupil', { name: pupil.name, reason: t(`reason.${refusal}`) })}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Dialog>
  )
}
