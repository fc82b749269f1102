import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation, useNavigate, useParams } from 'react-router'
import { ProblemNotice } from '../../api/ProblemNotice'
import type { Pupil } from '../../api/pupil-cache'
import { dependsOnLogin, isSight, type Sight as Seen, sights } from '../../features/help/guide'
import { indexOf, search } from '../../features/help/search'
import { paths } from '../../paths'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { Skeleton } from '../../ui/Skeleton'
import { TextField } from '../../ui/TextField'
import { NotFoundPage } from '../NotFoundPage'
import { FixSteps } from './FixSteps'
import { HelpHeading } from './HelpHeading'
import { type Sight, usePupil, usePupils, useReader } from './people'
import { places, schoolGuideAt } from './places'

/** What has been answered so far; it goes along from question to question, and never names anybody. */
interface Answered {
  /** The pupil's id; null: somebody has gone on without choosing one. */
  pupil?: string | null
  localLogin?: boolean
}

/**
 * "Hjælp en elev": who it is, what the pupil sees, where that changes what helps one question more, and then what to try,
 * with the button right there. Each question has its place in the browser's history, so that Back leads to the one before.
 */
export function GuidePage() {
  const { institutionId = null, sight } = useParams()
  const session = useReader()
  if (sight !== undefined && !isSight(sight)) return <NotFoundPage />
  const reach: Sight =
    institutionId !== null ? { institutionId } : session?.views.teacher ? { institutionId } : null
  return <Guide seen={sight ?? null} reach={reach} />
}

function Guide({ seen, reach }: { seen: Seen | null; reach: Sight }) {
  const { t } = useTranslation('help')
  const answered = answeredIn(useLocation().state)
  const navigate = useNavigate()
  const institutionId = reach?.institutionId ?? null
  const pupils = usePupils(reach, true)
  const chosen = pupils.data?.pupils.find(({ id }) => id === answered.pupil) ?? null
  const { pupil, isLoading: isPupilLoading } = usePupil(institutionId, chosen)

  const guideAt = (sight = '') =>
    institutionId === null ? paths.help.to(places.guide(sight)) : schoolGuideAt(institutionId, sight)
  const goOn = (to: Seen | null, next: Answered) => navigate(guideAt(to ?? ''), { state: next })

  const asksWho = reach !== null && answered.pupil === undefined
  if (asksWho) {
    return (
      <Who
        pupils={pupils.data?.pupils}
        failure={pupils.isError ? { error: pupils.error, again: () => void pupils.refetch() } : null}
        onChoose={(id) => goOn(seen, { ...answered, pupil: id })}
      />
    )
  }
  const isLoading =
    reach !== null && typeof answered.pupil === 'string' && (pupils.isPending || isPupilLoading)
  if (isLoading) {
    return (
      <>
        <HelpHeading title={t('guideTitle')} focusKey="guide loading" />
        <Skeleton lines={4} label={t('guide.loadingPupil')} />
      </>
    )
  }
  const isGone = typeof answered.pupil === 'string' && pupil === null
  const notes = (
    <>
      {reach === null && (
        <Notice kind="info">
          <p>
            {t('guide.signInFirst')}{' '}
            <Link className="lone-link" to={paths.signIn.to()}>
              {t('guide.signInToDo')}
            </Link>
          </p>
        </Notice>
      )}
      {isGone && (
        <Notice kind="warning">
          <p>{t('guide.pupilGone')}</p>
        </Notice>
      )}
    </>
  )
  const again = (
    <p className="help-again">
      {reach && (
        <Link to={guideAt(seen ?? '')} state={{}}>
          {t('guide.otherPupil')}
        </Link>
      )}
      {seen && (
        <Link to={guideAt()} state={{ pupil: answered.pupil }}>
          {t('guide.otherSight')}
        </Link>
      )}
    </p>
  )

  if (seen === null) {
    return (
      <>
        <HelpHeading
          title={pupil ? t('guide.sightTitleFor', { name: pupil.name }) : t('guide.sightTitle')}
          page={t('guide.sightTitle')}
          focusKey="guide sight"
        />
        {notes}
        <ul className="help-choices">
          {sights.map((sight) => (
            <li key={sight}>
              <Link className="button button-secondary" to={guideAt(sight)} state={answered}>
                {t(`sights.${sight}`)}
              </Link>
            </li>
          ))}
        </ul>
        {again}
      </>
    )
  }
  if (pupil === null && answered.localLogin === undefined && dependsOnLogin(seen)) {
    return (
      <>
        <HelpHeading title={t('guide.loginTitle')} focusKey="guide login" />
        <p className="lead">{t('guide.loginLead')}</p>
        {notes}
        <div className="button-row">
          <Button onClick={() => goOn(seen, { ...answered, localLogin: false })}>
            {t('guide.unilogin')}
          </Button>
          <Button onClick={() => goOn(seen, { ...answered, localLogin: true })}>
            {t('guide.otherLogin')}
          </Button>
        </div>
        {again}
      </>
    )
  }
  return (
    <FixSteps
      // Another pupil or sight begins with the first thing to try.
      key={`${pupil?.id} ${seen} ${answered.localLogin}`}
      seen={seen}
      pupil={pupil}
      localLogin={answered.localLogin ?? false}
      institutionId={institutionId}
      notes={notes}
      again={again}
      nextAt={guideAt()}
    />
  )
}

function answeredIn(state: unknown): Answered {
  if (typeof state !== 'object' || state === null) return {}
  const answered: Answered = {}
  if ('pupil' in state && (typeof state.pupil === 'string' || state.pupil === null))
    answered.pupil = state.pupil
  if ('localLogin' in state && typeof state.localLogin === 'boolean') answered.localLogin = state.localLogin
  return answered
}

/** More names than this are better searched for. */
const SHOWN = 8

interface WhoProps {
  pupils: readonly Pupil[] | undefined
  failure: { error: unknown; again: () => void } | null
  onChoose: (pupilId: string | null) => void
}

/** The first question: those who wait or have something in their way are offered at once, all others by name. */
function Who({ pupils, failure, onChoose }: WhoProps) {
  const { t } = useTranslation('help')
  const [query, setQuery] = useState('')
  const index = useMemo(
    () => indexOf((pupils ?? []).map((pupil) => ({ found: pupil, texts: [pupil.name] }))),
    [pupils],
  )
  const isEmpty = query.trim() === ''
  const hits = (isEmpty ? (pupils ?? []).filter(isInTrouble) : search(index, query)).slice(0, SHOWN)
  return (
    <>
      <HelpHeading title={t('guide.whoTitle')} focusKey="guide who" />
      <search>
        <TextField
          label={t('guide.who')}
          hint={t('guide.whoHint')}
          type="search"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </search>
      {failure && <ProblemNotice error={failure.error} onTryAgain={failure.again} />}
      <p role="status" className="help-count">
        {pupils && !isEmpty && hits.length === 0 && t('guide.nobody', { query: query.trim() })}
        {isEmpty && hits.length > 0 && t('guide.suggested')}
      </p>
      <ul className="help-choices">
        {hits.map((pupil) => (
          <li key={pupil.id}>
            <Button onClick={() => onChoose(pupil.id)}>
              {pupil.homeClass ? `${pupil.name} · ${pupil.homeClass.name}` : pupil.name}
            </Button>
          </li>
        ))}
      </ul>
      <Button variant="tertiary" onClick={() => onChoose(null)}>
        {t('guide.withoutPupil')}
      </Button>
    </>
  )
}

const isInTrouble = ({ status }: Pupil) =>
  status.stepUpRequest !== null ||
  status.resetWindow !== null ||
  status.neverSignedIn ||
  status.block !== null
