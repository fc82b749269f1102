import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import type { Pupil } from '../../api/pupil-cache'
import { type AnswerId, answerIds, answers, type Role, roles, topics } from '../../features/help/answers'
import { answersFor } from '../../features/help/for-page'
import { isSight } from '../../features/help/guide'
import { indexOf, search, textsOf } from '../../features/help/search'
import { type AnswerText, useHelpTexts } from '../../i18n/help-texts'
import { paths } from '../../paths'
import { PageHeading } from '../../ui/PageHeading'
import { RadioGroup } from '../../ui/RadioGroup'
import { TextField } from '../../ui/TextField'
import { AnswerLinks } from './AnswerLinks'
import { type Sight, sightOf, usePupils, useReader } from './people'
import { places, schoolGuideAt } from './places'

/** All help: one field for answers and pupils, the way to the guide, and every answer by what it is about. */
export function OverviewPage() {
  const { t } = useTranslation('help')
  const { t: common } = useTranslation()
  const from = pathIn(useLocation().state)
  const session = useReader()
  const sight = sightOf(session, from)
  const [query, setQuery] = useState('')
  const [isAsked, setAsked] = useState(false)

  return (
    <div className="help-overview">
      <PageHeading title={t('title')} documentTitle={common('documentTitle', { page: t('title') })}>
        <p>{t('lead')}</p>
      </PageHeading>
      <search>
        <TextField
          label={t('search')}
          type="search"
          autoComplete="off"
          spellCheck={false}
          value={query}
          onFocus={() => setAsked(true)}
          onChange={(event) => {
            setAsked(true)
            setQuery(event.target.value)
          }}
        />
      </search>
      {query.trim() === '' ? (
        <Contents from={from} sight={sight} />
      ) : (
        <Hits query={query} sight={sight} isAsked={isAsked} />
      )}
    </div>
  )
}

/** The page that somebody came from, which the link to help brings along. */
const pathIn = (state: unknown): string | null =>
  typeof state === 'object' && state !== null && 'from' in state && typeof state.from === 'string'
    ? state.from
    : null

const guideFor = (sight: Sight, what = '') =>
  sight?.institutionId ? schoolGuideAt(sight.institutionId, what) : paths.help.to(places.guide(what))

type Hit =
  | { kind: 'pupil'; pupil: Pupil }
  | { kind: 'answer'; id: AnswerId; text: AnswerText }
  | { kind: 'page'; at: string; title: string }

/** More names than this are better searched for with one more letter. */
const PUPILS_SHOWN = 5

/** The pages of help that are no answers, with their titles. */
function useMore() {
  const { t } = useTranslation('help')
  const { privacy, accessibility } = useHelpTexts()
  return useMemo(
    () =>
      [
        { page: 'support', title: t('support.title') },
        { page: 'letter', title: t('letter.title') },
        { page: 'shortcuts', title: t('shortcuts.title') },
        { page: 'privacy', title: privacy.title },
        { page: 'accessibility', title: accessibility.title },
      ] as const,
    [t, privacy, accessibility],
  )
}

function Hits({ query, sight, isAsked }: { query: string; sight: Sight; isAsked: boolean }) {
  const { t } = useTranslation('help')
  const { answers: texts } = useHelpTexts()
  const pupils = usePupils(sight, isAsked)
  const more = useMore()
  const list = pupils.data?.pupils
  // One for both, so that a name which is spelt right is no slip for a word of an answer.
  const index = useMemo(
    () =>
      indexOf<Hit>(
        [
          ...(list ?? []).map((pupil) => ({ found: { kind: 'pupil' as const, pupil }, texts: [pupil.name] })),
          ...answerIds.flatMap((id) => {
            const text = texts.get(id)
            return text ? { found: { kind: 'answer' as const, id, text }, texts: textsOf(text) } : []
          }),
          ...more.map(({ page, title }) => ({
            found: { kind: 'page' as const, at: places[page], title },
            texts: [title, t(`pageWords.${page}`)],
          })),
        ],
        t('smallWords'),
      ),
    [texts, list, more, t],
  )
  const hits = search(index, query)
  const people = hits.flatMap((hit) => (hit.kind === 'pupil' ? hit.pupil : [])).slice(0, PUPILS_SHOWN)
  const found = hits.flatMap((hit) => (hit.kind === 'answer' ? hit : []))
  const pages = hits.flatMap((hit) => (hit.kind === 'page' ? hit : []))
  const isNothing = people.length === 0 && found.length === 0 && pages.length === 0

  return (
    <>
      <p role="status" className="help-count">
        {isNothing
          ? t('noHits', { query: query.trim() })
          : t('hits', { count: people.length + found.length + pages.length })}
      </p>
      {pupils.isError && <p className="reason">{t('pupilsFailed')}</p>}
      <ul className="help-hits">
        {people.map((pupil) => (
          <li key={pupil.id}>
            <Link to={guideFor(sight)} state={{ pupil: pupil.id }}>
              {t('pupilHit', { name: pupil.name })}
            </Link>
            {pupil.homeClass && <p>{pupil.homeClass.name}</p>}
          </li>
        ))}
        {found.map(({ id, text }) => (
          <li key={id}>
            <Link to={paths.help.to(id)}>{text.title}</Link>
            <p>{text.short}</p>
            {isSight(id) && (
              <p>
                <Link to={guideFor(sight, id)} aria-label={`${t('doIt')}: ${text.title}`}>
                  {t('doIt')}
                </Link>
              </p>
            )}
          </li>
        ))}
        {pages.map(({ at, title }) => (
          <li key={at}>
            <Link to={paths.help.to(at)}>{title}</Link>
          </li>
        ))}
      </ul>
      {isNothing && (
        <p>
          <Link className="lone-link" to={paths.help.to(places.support)}>
            {t('support.title')}
          </Link>
        </p>
      )}
    </>
  )
}

const choices = ['all', ...roles] as const

function Contents({ from, sight }: { from: string | null; sight: Sight }) {
  const { t } = useTranslation('help')
  const more = useMore()
  const here = answersFor(from)
  const [role, setRole] = useState<'all' | Role>(
    sight === null ? 'all' : sight.institutionId === null ? 'teacher' : 'administrator',
  )
  return (
    <>
      <div className="help-cards">
        <section className="help-card" aria-labelledby="guide-title">
          <h2 id="guide-title">{t('guideTitle')}</h2>
          <p>{t('guideLead')}</p>
          <Link className="button button-primary" to={guideFor(sight)}>
            {t('start')}
          </Link>
        </section>
        {here.length > 0 && (
          <section className="help-card" aria-labelledby="for-this-page">
            <h2 id="for-this-page">{t('forThisPage')}</h2>
            <AnswerLinks ids={here} />
          </section>
        )}
      </div>
      <RadioGroup
        label={t('role')}
        value={role}
        onChange={setRole}
        choices={choices.map((value) => ({ value, label: t(`roles.${value}`) }))}
      />
      <div className="help-topics">
        {topics.map((topic) => {
          const ids = answerIds.filter(
            (id) => answers[id].topic === topic && (role === 'all' || answers[id].for.includes(role)),
          )
          return (
            ids.length > 0 && (
              <section key={topic} aria-labelledby={`topic-${topic}`}>
                <h2 id={`topic-${topic}`}>{t(`topics.${topic}`)}</h2>
                <AnswerLinks ids={ids} />
              </section>
            )
          )
        })}
        <section aria-labelledby="more-help">
          <h2 id="more-help">{t('more')}</h2>
          <ul className="help-links">
            {more.map(({ page, title }) => (
              <li key={page}>
                <Link to={paths.help.to(places[page])}>{title}</Link>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  )
}
