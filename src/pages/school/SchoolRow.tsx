import { type MouseEvent, memo, type Ref, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ProblemNotice } from '../../api/ProblemNotice'
import { type Deed, dismissProgress, type Progress, useProgress } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'
import { ResetStatus } from '../../features/password-reset/ResetStatus'
import { useIsTicked } from '../../features/pupils/selection'
import { StepUpStatus } from '../../features/step-up/StepUpStatus'
import { useFormat } from '../../i18n/format'
import { paths } from '../../paths'
import { Checkbox } from '../../ui/Checkbox'
import { Notice } from '../../ui/Notice'
import { Tag } from '../../ui/Tag'
import { PasswordButton } from '../class/PupilRow'

interface SchoolRowProps {
  ref: Ref<HTMLTableRowElement>
  index: number
  /** Among all rows of the table, also those that are not drawn. */
  rowIndex: number
  pupil: Pupil
  institutionId: string
  selectionKey: string
  onTick: (pupilId: string, ticked: boolean, range: boolean) => void
  onAct: (deed: Deed) => void
}

/** One pupil of the school. Given the same pupil and stable functions, it is not drawn anew. */
export const SchoolRow = memo(function SchoolRow({
  ref,
  index,
  rowIndex,
  pupil,
  institutionId,
  selectionKey,
  onTick,
  onAct,
}: SchoolRowProps) {
  const { t } = useTranslation('pupils')
  const { t: list } = useTranslation('wholeSchool')
  const format = useFormat()
  const ticked = useIsTicked(selectionKey, pupil.id)
  const progress = useProgress(pupil.id)
  const busy = progress?.state === 'sending' || progress?.state === 'checking'
  const nameLink = useRef<HTMLAnchorElement>(null)

  return (
    <tr
      ref={ref}
      role="row"
      aria-rowindex={rowIndex}
      data-index={index}
      data-selected={ticked || undefined}
      data-busy={busy || undefined}
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
      <th role="rowheader" scope="row" className="cell-name">
        <Link ref={nameLink} to={paths.schoolPupil.to(institutionId, pupil.id)}>
          {pupil.name}
        </Link>
        {pupil.protected && <p className="reason">{t('protected')}</p>}
      </th>
      <td role="cell" className="cell-class">
        {pupil.homeClass?.name ?? <span className="reason">{list('noClass')}</span>}
      </td>
      <td role="cell" className="cell-status">
        <SchoolStatus pupil={pupil} progress={progress} onFocusLost={() => nameLink.current?.focus()} />
      </td>
      <td
        role="cell"
        className="cell-policy"
        data-label={pupil.status.localLogin ? undefined : list('columns.policy')}
      >
        {pupil.status.localLogin ? <span className="visually-hidden">{list('none')}</span> : t(pupil.policy)}{' '}
        {pupil.policyOverridden && <Tag tone="neutral">{list('overridden')}</Tag>}
      </td>
      <td role="cell" className="cell-changeBy" data-label={list('columns.changeBy')}>
        {pupil.changeBy === null ? (
          <span className="visually-hidden">{list('none')}</span>
        ) : (
          format.dateWithYear(pupil.changeBy)
        )}
      </td>
      <td role="cell" className="cell-actions">
        <PasswordButton pupil={pupil} busy={busy} onAct={onAct} />
      </td>
    </tr>
  )
})

interface SchoolStatusProps {
  pupil: Pupil
  progress: Progress | undefined
  onFocusLost: () => void
}

/** A pupil's status in few words, as a school's list has room for; the pupil's own page tells the rest. */
function SchoolStatus({ pupil, progress, onFocusLost }: SchoolStatusProps) {
  const { t } = useTranslation('pupils')
  const { t: list } = useTranslation('wholeSchool')
  const { t: common } = useTranslation()
  const { status } = pupil
  const dismiss = () => {
    dismissProgress(pupil)
    onFocusLost()
  }
  return (
    <div className="status status-short">
      {progress?.state === 'sending' && <Tag tone="neutral">{t('sending')}</Tag>}
      {progress?.state === 'checking' && <Tag tone="warning">{t('checking')}</Tag>}
      {status.block && <Tag tone="error">{t('blocked')}</Tag>}
      {status.localLogin && <Tag tone="info">{t('localLogin')}</Tag>}
      <ResetStatus pupil={pupil} short />
      <StepUpStatus pupil={pupil} />
      {status.neverSignedIn && !status.resetWindow && <Tag tone="neutral">{t('neverSignedIn')}</Tag>}
      {progress?.state === 'refused' && (
        <Notice kind="warning" live="polite" dismissLabel={common('dismiss')} onDismiss={dismiss}>
          <p>{progress.refusal === 'notFound' ? list('notFound') : t(`refusal.${progress.refusal}`)}</p>
        </Notice>
      )}
      {progress?.state === 'failed' && (
        <ProblemNotice
          error={progress.error}
          onTryAgain={() => {
            progress.again()
            onFocusLost()
          }}
          onDismiss={dismiss}
        />
      )}
    </div>
  )
}
