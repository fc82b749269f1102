import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Answered } from '../../api/guarded-deed'
import { type Deed, type DeedFor, useCarryOut, useProgress } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'
import { BlockDialog } from '../../features/block/BlockDialog'
import { UnblockDialog } from '../../features/block/UnblockDialog'
import { giveNewPassword } from '../../features/password-reset/queries'
import { PolicyDialog } from '../../features/policy/PolicyDialog'
import type { SchoolPupil } from '../../features/whole-school/queries'
import { useAnnounce } from '../../ui/Announcer'
import { Button } from '../../ui/Button'
import { ActionReport, type Report } from '../class/ActionReport'
import { useOutcomeWords } from '../class/outcome-words'
import { PasswordButton, StepUpButton } from '../class/PupilRow'
import { ProgressStatus, ProgressTrouble } from '../class/StatusCell'
import { schoolGuideAt } from '../help/places'
import { askForCode } from './AskForCode'

const focusHeading = () => document.querySelector<HTMLElement>('h1')?.focus()

interface PupilActionsProps {
  institutionId: string
  known: SchoolPupil
}

/** Everything that can be done for one pupil, and how it ended. */
export function PupilActions({ institutionId, known: { pupil, policy } }: PupilActionsProps) {
  const { t } = useTranslation('schoolPupil')
  const { t: policies } = useTranslation('policy')
  const { t: blocks } = useTranslation('block')
  const { t: common } = useTranslation()
  const carryOut = useCarryOut()
  const announce = useAnnounce()
  const { done: words, answer } = useOutcomeWords()
  const progress = useProgress(pupil.id)
  const busy = progress?.state === 'sending' || progress?.state === 'checking'
  const [asking, setAsking] = useState<'policy' | 'block' | 'unblock' | null>(null)
  const [report, setReport] = useState<Report | null>(null)
  const isBlocked = pupil.status.block !== null
  const blockLabel = isBlocked ? blocks('unblock') : blocks('block')

  async function act(deed: Deed) {
    setReport(null)
    const outcome = await carryOut(deed)
    if (outcome?.state === 'answered' && outcome.done.length > 0) announce(words(deed.action, outcome.done))
  }
  const send = (deedFor: DeedFor, pupils: readonly Pupil[]) => carryOut(deedFor(pupils))
  const close = () => setAsking(null)
  const tell = (action: Report['action']) => (outcome: Answered) => {
    close()
    setReport({ action, outcome })
    // The focus goes back to the button; the report is said beside it.
    announce(answer(action, outcome))
  }

  const dialog = { pupils: [pupil], onSend: send, secondFactor: askForCode, onClose: close }
  return (
    <>
      <div className="button-row pupil-actions">
        <PasswordButton pupil={pupil} busy={busy} onAct={(deed) => void act(deed)} />
        <StepUpButton pupil={pupil} busy={busy} onAct={(deed) => void act(deed)} />
        <Button
          aria-label={common('forPupil', { label: policies('policy'), name: pupil.name })}
          onClick={() => {
            setReport(null)
            setAsking('policy')
          }}
        >
          {policies('policy')}
        </Button>
        {/* One button that changes, so that the focus stays on it. */}
        <Button
          aria-label={common('forPupil', { label: blockLabel, name: pupil.name })}
          onClick={() => {
            setReport(null)
            setAsking(isBlocked ? 'unblock' : 'block')
          }}
        >
          {blockLabel}
        </Button>
      </div>
      <p>
        <Link className="lone-link" to={schoolGuideAt(institutionId)} state={{ pupil: pupil.id }}>
          {t('helpPupil', { name: pupil.name })}
        </Link>
      </p>
      <ProgressStatus progress={progress} />
      <ProgressTrouble pupil={pupil} progress={progress} onFocusLost={focusHeading} />
      {report && (
        <ActionReport
          report={report}
          onTryAgain={() => undefined}
          onDismiss={() => {
            setReport(null)
            focusHeading()
          }}
        />
      )}
      {asking === 'policy' && (
        <PolicyDialog
          {...dialog}
          now={policy}
          onGiveNewPassword={(pupils) => {
            close()
            void act(giveNewPassword(pupils))
          }}
        />
      )}
      {asking === 'block' && <BlockDialog {...dialog} onAnswered={tell('block')} />}
      {asking === 'unblock' && <UnblockDialog {...dialog} onAnswered={tell('unblock')} />}
    </>
  )
}
