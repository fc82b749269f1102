import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Deed, useCarryOut, useProgress } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'
import {
  type Fix,
  lastingOf,
  otherKindToTell,
  planFor,
  type Sight,
  situationOf,
  unknownPupil,
} from '../../features/help/guide'
import { SupportBox } from '../../features/help/SupportBox'
import { ResetStatus } from '../../features/password-reset/ResetStatus'
import { hideAllUsernames } from '../../features/pupils/revealed-usernames'
import { Username } from '../../features/pupils/Username'
import { StepUpStatus } from '../../features/step-up/StepUpStatus'
import { WaitingPupils } from '../../features/step-up/WaitingPupils'
import { paths } from '../../paths'
import { useAnnounce } from '../../ui/Announcer'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { focusHeading } from '../../ui/PageHeading'
import { useOutcomeWords } from '../class/outcome-words'
import { PasswordButton, StepUpButton } from '../class/PupilRow'
import { BlockWords, ProgressStatus, ProgressTrouble } from '../class/StatusCell'
import { HelpHeading } from './HelpHeading'

interface FixStepsProps {
  seen: Sight
  /** null: nobody is named, or may be seen. */
  pupil: Pupil | null
  localLogin: boolean
  institutionId: string | null
  notes: ReactNode
  /** The ways back to the questions. */
  again: ReactNode
  /** Where to help the next pupil. */
  nextAt: string
}

/** What to try, one thing after the other, and what to do when all of it is tried. */
export function FixSteps({ seen, pupil, localLogin, institutionId, notes, again, nextAt }: FixStepsProps) {
  const { t } = useTranslation('help')
  const { t: pupilWords } = useTranslation('pupils')
  const situation = pupil ? situationOf(pupil) : { ...unknownPupil, localLogin }
  const otherKind = otherKindToTell(seen, situation)
  // As it stood when the question was asked: what is done here must not take the step away under one's hands.
  const [plan] = useState(() => planFor(seen, situation))
  const [step, setStep] = useState(0)
  const [worked, setWorked] = useState(false)
  const fix = worked ? undefined : plan[step]
  useEffect(() => hideAllUsernames, [])

  if (fix === undefined) {
    return (
      <>
        <HelpHeading
          title={worked ? t('guide.workedTitle') : t('guide.lastTitle')}
          focusKey={`end ${worked}`}
        />
        {!worked && <p className="lead">{t('guide.lastLead')}</p>}
        <section aria-labelledby="if-again">
          <h2 id="if-again">{t('guide.ifAgain')}</h2>
          <p>{t(`lasting.${lastingOf(seen)}`)}</p>
          <p>
            <Link className="lone-link" to={paths.help.to(seen)}>
              {t('guide.readAnswer')}
            </Link>
          </p>
        </section>
        {!worked && <SupportBox />}
        <Link className="button button-secondary" to={nextAt} state={{}}>
          {t('guide.next')}
        </Link>
      </>
    )
  }
  return (
    <>
      <HelpHeading
        title={pupil ? t('guide.fixTitleFor', { name: pupil.name }) : t('guide.fixTitle')}
        page={t('guide.fixTitle')}
        focusKey={`fix ${step}`}
      />
      {notes}
      {pupil && otherKind && (
        <Notice kind="info">
          <p>{t(`guide.${otherKind}`, { meets: pupilWords(`meets.${pupil.policy}`) })}</p>
        </Notice>
      )}
      <section className="help-fix" aria-labelledby="fix-title">
        {plan.length > 1 && (
          <p className="reason">{t('guide.step', { step: step + 1, count: plan.length })}</p>
        )}
        <h2 id="fix-title">{t(`fixes.${fix}.title`)}</h2>
        <p>{t(`fixes.${fix}.text`)}</p>
        {pupil && <FixAction fix={fix} pupil={pupil} institutionId={institutionId} />}
      </section>
      <div className="button-row">
        <Button onClick={() => setWorked(true)}>{t('guide.worked')}</Button>
        <Button onClick={() => setStep(step + 1)}>{t('guide.didNotWork')}</Button>
      </div>
      {again}
    </>
  )
}

interface FixActionProps {
  fix: Fix
  pupil: Pupil
  institutionId: string | null
}

/** What is pressed to do it, for this very pupil, and how it went. */
function FixAction({ fix, pupil, institutionId }: FixActionProps) {
  const { t } = useTranslation('help')
  const carryOut = useCarryOut()
  const announce = useAnnounce()
  const { done: words } = useOutcomeWords()
  const progress = useProgress(pupil.id)
  const busy = progress?.state === 'sending' || progress?.state === 'checking'

  async function act(deed: Deed) {
    const outcome = await carryOut(deed)
    if (outcome?.state === 'answered' && outcome.done.length > 0) announce(words(deed.action, outcome.done))
    return outcome
  }
  const onAct = (deed: Deed) => void act(deed)
  const username = (
    <p className="help-username">
      <Username pupil={pupil} onFocusLost={focusHeading} />
    </p>
  )
  const trouble = (
    <>
      <ProgressStatus progress={progress} />
      <ProgressTrouble pupil={pupil} progress={progress} onFocusLost={focusHeading} />
    </>
  )

  switch (fix) {
    case 'showUsername':
    case 'withoutDomain':
    case 'useOldPassword':
      return username
    case 'useWindow':
    case 'newPassword':
      return (
        <>
          {username}
          <div className="button-row">
            <PasswordButton pupil={pupil} busy={busy} onAct={onAct} />
          </div>
          <div className="status">
            <ResetStatus pupil={pupil} />
            {trouble}
          </div>
        </>
      )
    case 'approve':
      return (
        <>
          <WaitingPupils
            pupils={pupil.status.stepUpRequest ? [pupil] : []}
            onDecide={act}
            onFocusLost={focusHeading}
          />
          <div className="status">
            {pupil.status.stepUp && <StepUpStatus pupil={pupil} />}
            {trouble}
          </div>
        </>
      )
    case 'stepUp':
      return (
        <>
          <div className="button-row">
            <StepUpButton pupil={pupil} busy={busy} onAct={onAct} />
          </div>
          <div className="status">
            <StepUpStatus pupil={pupil} />
            {trouble}
          </div>
        </>
      )
    case 'openAgain':
      return (
        <div className="status">
          <StepUpStatus pupil={pupil} />
        </div>
      )
    case 'unblock':
      return (
        <>
          {pupil.status.block && <BlockWords block={pupil.status.block} />}
          {institutionId !== null && (
            <Link className="button button-primary" to={paths.schoolPupil.to(institutionId, pupil.id)}>
              {t('fixes.unblock.open')}
            </Link>
          )}
        </>
      )
    case 'askLocalLogin':
    case 'checkSystem':
    case 'askSupplier':
      return null
  }
}
