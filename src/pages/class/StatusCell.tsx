import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '../../api/ProblemNotice'
import { dismissProgress, type Progress } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'
import { ResetStatus } from '../../features/password-reset/ResetStatus'
import { StepUpStatus } from '../../features/step-up/StepUpStatus'
import { useFormat } from '../../i18n/format'
import { paths } from '../../paths'
import { Explained } from '../../ui/Explained'
import { Notice } from '../../ui/Notice'
import { Tag } from '../../ui/Tag'

type Block = NonNullable<Pupil['status']['block']>

interface StatusCellProps {
  pupil: Pupil
  progress: Progress | undefined
  /** Called when the button that had the focus is gone. */
  onFocusLost: () => void
}

/** A pupil's status in words: what is under way first, then what stands in the way, then what is worth knowing. */
export function StatusCell({ pupil, progress, onFocusLost }: StatusCellProps) {
  const { t } = useTranslation('pupils')
  const format = useFormat()
  const { status } = pupil
  const isPlain =
    !progress &&
    !status.block &&
    !status.localLogin &&
    !status.neverSignedIn &&
    !status.resetWindow &&
    !status.stepUp &&
    !status.stepUpRequest &&
    !status.mustChange &&
    !pupil.policyOverridden

  return (
    <div className="status">
      <ProgressStatus progress={progress} />
      {status.block && (
        <>
          <Explained by={paths.help.to('adgangen-er-spaerret')}>
            <Tag tone="error">{t('blocked')}</Tag>
          </Explained>
          <BlockWords block={status.block} />
          <p className="reason">{t('blockedWhat')}</p>
        </>
      )}
      {status.localLogin && !status.block && (
        <>
          <Explained by={paths.help.to('lokal-loginloesning')}>
            <Tag tone="info">{t('localLogin')}</Tag>
          </Explained>
          <p className="reason">{t('localLoginWhat')}</p>
        </>
      )}
      <ResetStatus pupil={pupil} />
      <StepUpStatus pupil={pupil} />
      {status.neverSignedIn && !status.resetWindow && !status.block && (
        <>
          <Explained by={paths.help.to('ny-brugers-adgangskode')}>
            <Tag tone="neutral">{t('neverSignedIn')}</Tag>
          </Explained>
          <p className="reason">{t('neverSignedInWhat')}</p>
        </>
      )}
      {status.mustChange && !status.block && (
        <p className="reason">
          <Explained by={paths.help.to('skal-skifte-adgangskode')}>
            {t(`mustChange.${status.mustChange.because}`, { date: format.date(status.mustChange.by) })}
          </Explained>
        </p>
      )}
      {pupil.policyOverridden && (
        <p className="reason">
          <Explained by={paths.help.to('adgangskodepolitik')}>
            {t('policyOverridden', { policy: t(pupil.policy) })}
          </Explained>
        </p>
      )}
      {isPlain && <span className="visually-hidden">{t('nothingToTell')}</span>}
      <ProgressTrouble pupil={pupil} progress={progress} onFocusLost={onFocusLost} />
    </div>
  )
}

/** Why somebody is blocked, since when, and until when where it ends by itself. */
export function BlockWords({ block: { reason, since, until } }: { block: Block }) {
  const { t } = useTranslation('pupils')
  const format = useFormat()
  const words = reason.code === 'own' ? reason.words : t(`blockReason.${reason.code}`)
  const day = { since: format.date(since) }
  return (
    <p className="reason">
      <span className="block-reason">{words}</span>
      <br />
      {until === null ? t('blockedSince', day) : t('blockedUntil', { ...day, until: format.date(until) })}
    </p>
  )
}

/** Why the latest action on a pupil was refused or failed, and what can be done. */
export function ProgressTrouble({ pupil, progress, onFocusLost }: StatusCellProps) {
  const { t } = useTranslation('pupils')
  const { t: common } = useTranslation()
  const dismiss = () => {
    dismissProgress(pupil)
    onFocusLost()
  }
  if (progress?.state === 'refused') {
    return (
      <Notice kind="warning" live="polite" dismissLabel={common('dismiss')} onDismiss={dismiss}>
        <p>
          <Explained by={paths.help.to(`hvorfor/${progress.refusal}`)}>
            {t(`refusal.${progress.refusal}`)}
          </Explained>
        </p>
      </Notice>
    )
  }
  if (progress?.state !== 'failed') return null
  return (
    <ProblemNotice
      error={progress.error}
      onTryAgain={() => {
        progress.again()
        onFocusLost()
      }}
      onDismiss={dismiss}
    />
  )
}

export function ProgressStatus({ progress }: { progress: Progress | undefined }) {
  const { t } = useTranslation('pupils')
  if (progress?.state === 'sending') return <Tag tone="neutral">{t('sending')}</Tag>
  if (progress?.state !== 'checking') return null
  return (
    <>
      <Tag tone="warning">{t('checking')}</Tag>
      <p className="reason">{t('checkingWhat')}</p>
    </>
  )
}
