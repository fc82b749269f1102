import { useQuery, useQueryClient } from '@tanstack/react-query'
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useParams } from 'react-router'
import { isApiError } from '../../api/errors'
import { ProblemNotice } from '../../api/ProblemNotice'
import { type Deed, type Refused, useAnyUnderWay, useCarryOut } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'
import { useLookAgainAtNextDeadline } from '../../api/pupil-deadlines'
import { myClassesQuery, schoolClassQuery } from '../../features/classes/queries'
import { giveNewPassword } from '../../features/password-reset/queries'
import { hideAllUsernames } from '../../features/pupils/revealed-usernames'
import { select, useSelection } from '../../features/pupils/selection'
import { endStepUp, stepUp } from '../../features/step-up/queries'
import { WaitingPupils } from '../../features/step-up/WaitingPupils'
import { PrintButton } from '../../features/take-away/PrintButton'
import { useFormat } from '../../i18n/format'
import { paths } from '../../paths'
import { useAnnounce } from '../../ui/Announcer'
import { Button } from '../../ui/Button'
import { HelpLink } from '../../ui/HelpLink'
import { Icon } from '../../ui/Icon'
import { KeepBelowStill } from '../../ui/KeepBelowStill'
import { Notice } from '../../ui/Notice'
import { focusHeading, PageHeading } from '../../ui/PageHeading'
import { SelectionBar } from '../../ui/SelectionBar'
import { TableSkeleton } from '../../ui/TableSkeleton'
import { ActionReport, type Report } from './ActionReport'
import { type Asking, Confirmation } from './Confirmation'
import { useOutcomeWords } from './outcome-words'
import { focusRow, PupilTable, SelectAll } from './PupilTable'
import { RevealAll } from './RevealAll'

/** A class or group: its pupils, what stands in their way, and everything the teacher can do for them. */
export function ClassPage() {
  const { classId = '' } = useParams()
  // Another class is another page: nothing of the first stays.
  return <ClassOf key={classId} classId={classId} />
}

const COLUMNS = 5
const USUAL_CLASS_SIZE = 24

function ClassOf({ classId }: { classId: string }) {
  const { t } = useTranslation('classes')
  const { t: common } = useTranslation()
  const query = useQuery(schoolClassQuery(classId))
  const schoolClass = query.data
  const classes = useQueryClient().getQueryData(myClassesQuery.queryKey)
  const knownName = classes?.find(({ id }) => id === classId)?.name

  useEffect(() => hideAllUsernames, [])
  useLookAgainAtNextDeadline(schoolClassQuery(classId).queryKey, schoolClass?.pupils)

  if (!schoolClass) {
    const isUnknown = isApiError(query.error) && query.error.type === 'not-found'
    const title = isUnknown
      ? t('classNotFoundTitle')
      : (knownName ?? (query.isError ? t('classFailedTitle') : t('loadingClass')))
    return (
      <>
        <BackLink />
        {isUnknown ? (
          <>
            <PageHeading
              title={title}
              documentTitle={common('documentTitle', { page: title })}
              focusKey={classId}
            />
            <p className="lead">{t('classNotFoundText')}</p>
          </>
        ) : query.isError ? (
          <>
            <PageHeading
              title={title}
              documentTitle={common('documentTitle', { page: title })}
              focusKey={classId}
            />
            <ProblemNotice
              error={query.error}
              busy={query.isFetching}
              onTryAgain={() => void query.refetch()}
            />
          </>
        ) : (
          <>
            <PageHeading
              title={title}
              documentTitle={common('documentTitle', { page: title })}
              focusKey={classId}
            />
            <TableSkeleton columns={COLUMNS} rows={USUAL_CLASS_SIZE} label={t('loadingClass')} />
          </>
        )}
      </>
    )
  }
  return (
    <>
      <BackLink />
      <PageHeading
        title={schoolClass.name}
        documentTitle={common('documentTitle', { page: schoolClass.name })}
        focusKey={classId}
      >
        <ClassLine pupils={schoolClass.pupils} />
      </PageHeading>
      {query.isError && (
        <ProblemNotice error={query.error} busy={query.isFetching} onTryAgain={() => void query.refetch()} />
      )}
      {schoolClass.pupils.length === 0 ? (
        <Notice kind="info" title={t('emptyClassTitle')} headingLevel={2}>
          <p>{t('emptyClassText', { name: schoolClass.name })}</p>
          <HelpLink to={paths.help.to('ingen-elever')}>{common('helpBeside')}</HelpLink>
        </Notice>
      ) : (
        <Pupils
          classId={classId}
          name={schoolClass.name}
          kind={schoolClass.kind}
          pupils={schoolClass.pupils}
        />
      )}
    </>
  )
}

function BackLink() {
  const { t } = useTranslation('classes')
  return (
    <Link to={paths.myClasses.to()} className="back-link">
      <Icon name="arrow-back" />
      {t('backToMyClasses')}
    </Link>
  )
}

/** How many pupils, and the policy they follow where it is the same for all. */
function ClassLine({ pupils }: { pupils: readonly Pupil[] }) {
  const { t } = useTranslation('classes')
  const { t: pupilWords } = useTranslation('pupils')
  const count = t('pupils', { count: pupils.length })
  const policies = new Set(pupils.filter((pupil) => !pupil.policyOverridden).map((pupil) => pupil.policy))
  const [policy] = policies
  if (policies.size !== 1 || !policy) return count
  const line = pupilWords('policyLine', { policy: pupilWords(policy), meets: pupilWords(`meets.${policy}`) })
  return `${count} · ${line}`
}

interface PupilsProps {
  classId: string
  name: string
  kind: 'class' | 'group'
  pupils: readonly Pupil[]
}

function Pupils({ classId, name, kind, pupils }: PupilsProps) {
  const { t: stepUpWords } = useTranslation('stepUp')
  const carryOut = useCarryOut()
  const announce = useAnnounce()
  const { done: words, answer } = useOutcomeWords()
  const [report, setReport] = useState<Report | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  const reportElement = useRef<HTMLDivElement>(null)
  const shown = useFirstRowsFirst(pupils)
  const highlightedId = useFocusOnPupil(shown)

  const act = useCallback(
    async (deed: Deed) => {
      const outcome = await carryOut(deed)
      if (outcome?.state === 'answered' && outcome.done.length > 0) announce(words(deed.action, outcome.done))
      return outcome
    },
    [carryOut, announce, words],
  )
  const actInRow = useCallback((deed: Deed) => void act(deed), [act])

  /**
   * For many: the report tells how it ended, and those it was done for are no longer ticked.
   * @param leftOut whom it was not asked for, though they were meant: the report tells of them, too
   */
  async function actForMany(
    attempt: () => ReturnType<typeof carryOut>,
    action: Deed['action'],
    leftOut: readonly Refused[] = [],
  ) {
    setReport(null)
    const answered = await attempt()
    if (!answered) return null
    const outcome =
      answered.state === 'answered' ? { ...answered, refused: [...answered.refused, ...leftOut] } : answered
    const focused = document.activeElement
    if (outcome.state === 'answered') {
      const done = new Set(outcome.done.map((pupil) => pupil.id))
      select(
        classId,
        [...ticked.current].filter((id) => !done.has(id)),
      )
    }
    setReport({ action, outcome, leftOut })
    // The bar whose button was pressed may be gone now; the focus then reads the report out.
    if (focused === null || focused === document.body || focused.closest('.selection-bar')) {
      requestAnimationFrame(() => reportElement.current?.focus())
    } else if (outcome.state === 'answered') announce(answer(action, outcome))
    return outcome
  }

  const selection = useSelection(classId)
  const ticked = useRef(selection)
  useEffect(() => {
    ticked.current = selection
  }, [selection])

  const waiting = useMemo(
    () =>
      pupils
        .filter((pupil) => pupil.status.stepUpRequest !== null)
        .sort((a, b) => requestedAt(a).localeCompare(requestedAt(b))),
    [pupils],
  )
  const selected = pupils.filter((pupil) => selection.has(pupil.id))

  function ask(action: 'giveNewPassword' | 'stepUp', who: readonly Pupil[]) {
    const [first] = who
    if (who.length === 1 && first?.can[action].allowed) {
      void actForMany(() => carryOut(deedOf(action, who)), action)
    } else setAsking({ action, pupils: who })
  }

  return (
    <>
      <KeepBelowStill>
        <WaitingPupils
          pupils={waiting}
          onDecide={(deed) =>
            deed.pupils.length > 1 ? actForMany(() => carryOut(deed), deed.action) : act(deed)
          }
          onFocusLost={focusHeading}
        />
      </KeepBelowStill>
      {report && (
        <ActionReport
          ref={reportElement}
          report={report}
          onTryAgain={() => {
            const { outcome } = report
            if (outcome.state === 'failed') void actForMany(outcome.again, report.action, report.leftOut)
          }}
          onDismiss={() => {
            setReport(null)
            focusHeading()
          }}
        />
      )}
      <div className="toolbar">
        <SelectAll classId={classId} pupils={pupils} />
        <div className="button-row">
          <Button variant="secondary" onClick={() => ask('stepUp', pupils)}>
            {kind === 'class' ? stepUpWords('giveClass') : stepUpWords('giveGroup')}
          </Button>
          <RevealAll pupils={pupils} />
          <PrintButton pupils={pupils} title={name} />
        </div>
      </div>
      <PupilTable
        classId={classId}
        name={name}
        pupils={shown}
        showHomeClass={kind === 'group'}
        highlightedId={highlightedId}
        onAct={actInRow}
      />
      {selected.length > 0 && (
        <Selected
          classId={classId}
          selected={selected}
          pupils={pupils}
          onAsk={ask}
          onEnd={(who) => void actForMany(() => carryOut(endStepUp(who)), 'endStepUp')}
        />
      )}
      {asking && (
        <Confirmation
          asking={asking}
          onConfirm={(who, leftOut) => {
            setAsking(null)
            void actForMany(() => carryOut(deedOf(asking.action, who)), asking.action, leftOut)
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  )
}

const requestedAt = (pupil: Pupil) => pupil.status.stepUpRequest?.requestedAt ?? ''

const deedOf = (action: 'giveNewPassword' | 'stepUp', pupils: readonly Pupil[]) =>
  action === 'giveNewPassword' ? giveNewPassword(pupils) : stepUp(pupils)

interface SelectedProps {
  classId: string
  selected: readonly Pupil[]
  pupils: readonly Pupil[]
  onAsk: (action: 'giveNewPassword' | 'stepUp', pupils: readonly Pupil[]) => void
  onEnd: (pupils: readonly Pupil[]) => void
}

/** The bar for the ticked pupils: how many, what can be done, and who "Vælg alle" has not taken and why. */
function Selected({ classId, selected, pupils, onAsk, onEnd }: SelectedProps) {
  const { t } = useTranslation('pupils')
  const { t: reset } = useTranslation('passwordReset')
  const { t: stepUpWords } = useTranslation('stepUp')
  const format = useFormat()
  const busy = useAnyUnderWay(selected)
  const steppedUp = selected.filter((pupil) => pupil.status.stepUp !== null)
  const ids = new Set(selected.map((pupil) => pupil.id))
  const helpable = pupils.filter((pupil) => pupil.can.giveNewPassword.allowed)
  const tookAll = helpable.length > 0 && helpable.every((pupil) => ids.has(pupil.id))
  const leftOut = tookAll
    ? pupils.flatMap((pupil) =>
        pupil.can.giveNewPassword.allowed || ids.has(pupil.id)
          ? []
          : t('leftOutPupil', { name: pupil.name, reason: t(`reason.${pupil.can.giveNewPassword.reason}`) }),
      )
    : []

  return (
    <SelectionBar label={t('selectionBar')}>
      <div className="selection-bar-text">
        <p role="status">
          <strong>{t('selected', { count: selected.length })}</strong>
        </p>
        {leftOut.length > 0 && <p className="reason">{t('leftOut', { pupils: format.list(leftOut) })}</p>}
      </div>
      <Button variant="primary" busy={busy} onClick={() => onAsk('giveNewPassword', selected)}>
        {reset('give')}
      </Button>
      <Button variant="secondary" busy={busy} onClick={() => onAsk('stepUp', selected)}>
        {stepUpWords('give')}
      </Button>
      {steppedUp.length > 0 && (
        <Button variant="secondary" busy={busy} onClick={() => onEnd(steppedUp)}>
          {stepUpWords('end')}
        </Button>
      )}
      <Button
        variant="tertiary"
        onClick={() => {
          select(classId, [])
          focusHeading()
        }}
      >
        {t('clearSelection')}
      </Button>
    </SelectionBar>
  )
}

/** As many rows as a screen shows, so that they are painted before the rest are drawn. */
const FIRST_ROWS = 10

function useFirstRowsFirst(pupils: readonly Pupil[]): readonly Pupil[] {
  const [isFirstPaintOver, setFirstPaintOver] = useState(false)
  useEffect(() => {
    // The second frame begins when the first is painted; a transition alone may be through before that.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => startTransition(() => setFirstPaintOver(true)))
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  return useMemo(() => (isFirstPaintOver ? pupils : pupils.slice(0, FIRST_ROWS)), [isFirstPaintOver, pupils])
}

/** The pupil a search has led here for: the focus goes to the row once, and the row is marked. */
function useFocusOnPupil(pupils: readonly Pupil[]): string | null {
  const location = useLocation()
  const pupilId = pupilIdOf(location.state)
  const focusedFor = useRef<string | null>(null)
  useEffect(() => {
    if (pupilId === null || focusedFor.current === location.key) return
    if (!pupils.some((pupil) => pupil.id === pupilId)) return
    if (focusRow(pupilId)) focusedFor.current = location.key
  }, [pupilId, pupils, location.key])
  return pupilId
}

const pupilIdOf = (state: unknown): string | null =>
  typeof state === 'object' && state !== null && 'pupilId' in state && typeof state.pupilId === 'string'
    ? state.pupilId
    : null
