import { type MouseEvent, memo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Deed, useProgress } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'
import { cancelNewPassword, giveNewPassword } from '../../features/password-reset/queries'
import { useIsTicked } from '../../features/pupils/selection'
import { Username } from '../../features/pupils/Username'
import { endStepUp, stepUp } from '../../features/step-up/queries'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { StatusCell } from './StatusCell'

interface PupilRowProps {
  pupil: Pupil
  classId: string
  /** Groups mix classes, so each row names the pupil's own. */
  showHomeClass: boolean
  /** The row that a search has led to. */
  highlighted: boolean
  /** Given stable functions, a row repaints only when its own pupil changes. */
  onTick: (pupilId: string, ticked: boolean, range: boolean) => void
  onAct: (deed: Deed) => void
}

export const PupilRow = memo(function PupilRow({
  pupil,
  classId,
  showHomeClass,
  highlighted,
  onTick,
  onAct,
}: PupilRowProps) {
  const { t } = useTranslation('pupils')
  const ticked = useIsTicked(classId, pupil.id)
  const progress = useProgress(pupil.id)
  const busy = progress?.state === 'sending' || progress?.state === 'checking'
  const nameCell = useRef<HTMLTableCellElement>(null)
  const focusName = () => nameCell.current?.focus()

  return (
    <tr
      role="row"
      data-selected={ticked || undefined}
      data-busy={busy || undefined}
      data-highlighted={highlighted || undefined}
      data-pupil={pupil.id}
    >
      <td role="cell" className="cell-select">
        <Checkbox
          label={t('select', { name: pupil.name })}
          labelHidden
          checked={ticked}
          onClick={(event: MouseEvent<HTMLInputElement>) =>
            onTick(pupil.id, event.currentTarget.checked, event.shiftKey)
          }
          readOnly
        />
      </td>
      <th ref={nameCell} role="rowheader" scope="row" className="cell-name" tabIndex={-1}>
        {pupil.name}
        {showHomeClass && pupil.homeClass && (
          <p className="reason">{t('homeClass', { name: pupil.homeClass.name })}</p>
        )}
        {pupil.protected && <p className="reason">{t('protected')}</p>}
      </th>
      <td role="cell" className="cell-username">
        <Username pupil={pupil} onFocusLost={focusName} />
      </td>
      <td role="cell" className="cell-status">
        <StatusCell pupil={pupil} progress={progress} onFocusLost={focusName} />
      </td>
      <td role="cell" className="cell-actions">
        <div className="button-row">
          <PasswordButton pupil={pupil} busy={busy} onAct={onAct} />
          <StepUpButton pupil={pupil} busy={busy} onAct={onAct} />
        </div>
      </td>
    </tr>
  )
})

interface ActionProps {
  pupil: Pupil
  busy: boolean
  onAct: (deed: Deed) => void
}

/** "Giv ny adgangskode", and "Fortryd" while it can be taken back: one button, so that the focus stays on it. */
export function PasswordButton({ pupil, busy, onAct }: ActionProps) {
  const { t } = useTranslation('passwordReset')
  const { t: common } = useTranslation()
  if (!pupil.can.giveNewPassword.allowed) return null
  const isOpen = pupil.status.resetWindow?.state === 'open'
  const label = isOpen ? t('undo') : t('give')
  return (
    <Button
      variant={isOpen ? 'tertiary' : 'secondary'}
      icon={isOpen ? 'undo' : undefined}
      busy={busy}
      aria-label={common('forPupil', { label, name: pupil.name })}
      onClick={() => onAct(isOpen ? cancelNewPassword([pupil]) : giveNewPassword([pupil]))}
    >
      {label}
    </Button>
  )
}

/** "Giv to-faktor-adgang", and "Afslut to-faktor-adgang" while it runs. */
export function StepUpButton({ pupil, busy, onAct }: ActionProps) {
  const { t } = useTranslation('stepUp')
  const { t: common } = useTranslation()
  const isRunning = pupil.status.stepUp !== null
  if (!isRunning && !pupil.can.stepUp.allowed) return null
  const label = isRunning ? t('end') : t('give')
  return (
    <Button
      variant="tertiary"
      busy={busy}
      aria-label={common('forPupil', { label, name: pupil.name })}
      onClick={() => onAct(isRunning ? endStepUp([pupil]) : stepUp([pupil]))}
    >
      {label}
    </Button>
  )
}
