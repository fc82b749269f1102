import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ResetStatus } from '../../features/password-reset/ResetStatus'
import { Username } from '../../features/pupils/Username'
import { StepUpStatus } from '../../features/step-up/StepUpStatus'
import type { SchoolPupil } from '../../features/whole-school/queries'
import { useFormat } from '../../i18n/format'
import { Tag } from '../../ui/Tag'
import { BlockWords } from '../class/StatusCell'

/** All that is known of one pupil, in a few short lists. */
export function PupilFacts({ known }: { known: SchoolPupil }) {
  const { t } = useTranslation('schoolPupil')
  return (
    <div className="facts-grid">
      <Facts title={t('now')}>
        <Now known={known} />
      </Facts>
      <Facts title={t('password')}>
        <Password known={known} />
      </Facts>
      <Facts title={t('signIn')}>
        <SignIn known={known} />
      </Facts>
      <Facts title={t('classes')}>
        <Classes known={known} />
      </Facts>
    </div>
  )
}

function Facts({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="facts">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const focusHeading = () => document.querySelector<HTMLElement>('h1')?.focus()

/** What is under way, or stands in the way; and by whom. */
function Now({ known: { pupil, block, resetWindow, stepUp } }: { known: SchoolPupil }) {
  const { t } = useTranslation('schoolPupil')
  const { t: pupils } = useTranslation('pupils')
  const format = useFormat()
  const { status } = pupil
  const by = (person: { name: string } | null) => t('by', { name: person?.name ?? t('somebody') })
  const isPlain =
    !block &&
    !status.resetWindow &&
    !stepUp &&
    !status.stepUpRequest &&
    !status.mustChange &&
    !status.neverSignedIn
  return (
    <div className="status">
      {block && (
        <>
          <Tag tone="error">{pupils('blocked')}</Tag>
          <BlockWords block={block} />
          <p className="reason">{by(block.by)}</p>
        </>
      )}
      <ResetStatus pupil={pupil} />
      {resetWindow && <p className="reason">{by(resetWindow.openedBy)}</p>}
      <StepUpStatus pupil={pupil} />
      {stepUp && <p className="reason">{by(stepUp.startedBy)}</p>}
      {status.neverSignedIn && !status.resetWindow && (
        <>
          <Tag tone="neutral">{pupils('neverSignedIn')}</Tag>
          {!block && <p className="reason">{pupils('neverSignedInWhat')}</p>}
        </>
      )}
      {status.mustChange && (
        <p className="reason">
          {pupils(`mustChange.${status.mustChange.because}`, { date: format.date(status.mustChange.by) })}
        </p>
      )}
      {isPlain && <p>{t('nothing')}</p>}
    </div>
  )
}

function SignIn({ known: { pupil } }: { known: SchoolPupil }) {
  const { t } = useTranslation('schoolPupil')
  const { t: pupils } = useTranslation('pupils')
  return (
    <dl>
      <Fact name={pupils('username')}>
        <Username pupil={pupil} onFocusLost={focusHeading} />
      </Fact>
      <Fact name={t('signInKind')}>
        {pupil.status.localLogin ? pupils('localLogin') : t('unilogin')}
        {pupil.status.localLogin && <p className="reason">{pupils('localLoginWhat')}</p>}
      </Fact>
    </dl>
  )
}

function Password({ known: { pupil, policy, passwordSetAt } }: { known: SchoolPupil }) {
  const { t } = useTranslation('schoolPupil')
  const { t: policies } = useTranslation('policy')
  const format = useFormat()
  const { ofYear, override, note } = policy
  if (pupil.status.localLogin && override === null) return <p>{t('noPasswordHere')}</p>
  return (
    <dl>
      <Fact name={policies('policy')}>
        {policies(override ?? ofYear)}
        <p className="reason">{policies(`${override ?? ofYear}What`)}</p>
        <p className="reason">
          {override === null ? t('followsYear') : t('overridden', { policy: policies(ofYear).toLowerCase() })}
        </p>
      </Fact>
      {note !== null && <Fact name={t('note')}>{note}</Fact>}
      <Fact name={t('passwordSet')}>{passwordSetAt ? format.dateWithYear(passwordSetAt) : t('never')}</Fact>
      <Fact name={t('mustChange')}>
        {pupil.changeBy ? format.dateWithYear(pupil.changeBy) : t('needNotChange')}
      </Fact>
    </dl>
  )
}

function Classes({ known: { classes } }: { known: SchoolPupil }) {
  const { t } = useTranslation('schoolPupil')
  const format = useFormat()
  if (classes.length === 0) return <p>{t('inNoClass')}</p>
  return (
    <dl>
      {classes.map(({ id, name, teachers }) => (
        <Fact key={id} name={name}>
          {teachers.length > 0 ? format.list(teachers.map((teacher) => teacher.name)) : t('noTeachers')}
        </Fact>
      ))}
    </dl>
  )
}
