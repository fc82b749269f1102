import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ProblemNotice } from '../../api/ProblemNotice'
import type { Pupil } from '../../api/pupil-cache'
import { paths } from '../../paths'
import { Combobox } from '../../ui/Combobox'
import { useShortcut } from '../../ui/shortcut'
import { myPupilsQuery } from './queries'
import { useRevealedUsernames } from './revealed-usernames'
import { findPupils } from './search'

const SHOWN = 8

interface PupilSearchProps {
  onChoose: (pupil: Pupil) => void
}

/** Finds a pupil among all the teacher's own; "/" leads to it from anywhere on the page. */
export function PupilSearch({ onChoose }: PupilSearchProps) {
  const { t } = useTranslation('pupils')
  const [query, setQuery] = useState('')
  const [asked, setAsked] = useState(false)
  const pupils = useQuery({ ...myPupilsQuery, enabled: asked })
  const usernames = useRevealedUsernames()
  const field = useRef<HTMLInputElement>(null)

  useShortcut('/', () => {
    field.current?.focus()
    field.current?.select()
  })

  const all = pupils.data?.pupils
  const hits = useMemo(
    // Never deferred: an Enter must take a hit for what is typed, not for the letters before.
    () => (all ? findPupils(query, all, usernames) : []),
    [all, query, usernames],
  )

  function status() {
    if (query.trim() === '') return null
    if (pupils.isPending && !pupils.isError) return t('revealing')
    if (!all) return <ProblemNotice error={pupils.error} onTryAgain={() => void pupils.refetch()} />
    if (hits.length === 0) {
      return (
        <>
          <p>{t('searchNoHits', { query: query.trim() })}</p>
          <p className="reason">
            <Link className="explained" to={paths.help.to('mangler-en-elev')}>
              {t('searchNoHitsWhat')}
            </Link>
          </p>
        </>
      )
    }
    return hits.length > SHOWN
      ? t('searchMore', { shown: SHOWN, count: hits.length })
      : t('searchHits', { count: hits.length })
  }

  const shown = hits.slice(0, SHOWN)
  const classOf = (pupil: Pupil) => pupil.homeClass?.name ?? ''

  return (
    <search>
      <Combobox
        label={t('search')}
        labelHidden
        placeholder={t('search')}
        value={query}
        onValueChange={(value) => {
          setAsked(true)
          setQuery(value)
        }}
        options={shown}
        optionKey={(pupil) => pupil.id}
        optionText={(pupil) => `${pupil.name} ${classOf(pupil)}`}
        renderOption={(pupil) => (
          <>
            <span>{pupil.name}</span> <span className="reason">{classOf(pupil)}</span>
          </>
        )}
        onChoose={(pupil) => {
          setQuery('')
          onChoose(pupil)
        }}
        status={status()}
        inputRef={field}
        onFocus={() => setAsked(true)}
        shortcutHint="/"
      />
    </search>
  )
}
