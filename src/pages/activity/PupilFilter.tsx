import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '../../api/ProblemNotice'
import type { Pupil } from '../../api/pupil-cache'
import { myPupilsQuery } from '../../features/pupils/queries'
import { findPupils } from '../../features/pupils/search'
import { wholeSchoolQuery } from '../../features/whole-school/queries'
import { Button } from '../../ui/Button'
import { Combobox } from '../../ui/Combobox'

const SHOWN = 8
const noUsernames: ReadonlyMap<string, string> = new Map()

interface PupilFilterProps {
  institutionId: string | null
  pupilId: string | null
  onChange: (pupilId: string | null) => void
}

/** Whom the shown part of the log is about: everybody, or one pupil that is looked for by name. */
export function PupilFilter({ institutionId, pupilId, onChange }: PupilFilterProps) {
  const { t } = useTranslation('activity')
  const { t: words } = useTranslation('pupils')
  const [text, setText] = useState('')
  const [asked, setAsked] = useState(false)
  const wanted = asked || pupilId !== null
  const query = usePupils(institutionId, wanted)
  const field = useRef<HTMLInputElement>(null)
  const clear = useRef<HTMLButtonElement>(null)
  const pupils = query.data
  const hits = useMemo(() => (pupils ? findPupils(text, pupils, noUsernames) : []), [pupils, text])
  const chosen = pupils?.find(({ id }) => id === pupilId)

  // The field and the button take each other's place: whoever used the one goes on at the other.
  const keepFocus = useRef(false)
  useEffect(() => {
    if (!keepFocus.current) return
    keepFocus.current = false
    const next = pupilId === null ? field.current : clear.current
    next?.focus()
  }, [pupilId])

  if (pupilId !== null) {
    return (
      <div className="activity-pupil">
        <p>{chosen ? t('onlyPupil', { name: chosen.name }) : t('onlyOnePupil')}</p>
        <Button
          ref={clear}
          variant="tertiary"
          size="small"
          onClick={() => {
            keepFocus.current = true
            onChange(null)
          }}
        >
          {t('allPupils')}
        </Button>
      </div>
    )
  }

  function status() {
    if (text.trim() === '') return null
    if (query.isPending && !query.isError) return t('loading')
    if (!pupils) return <ProblemNotice error={query.error} onTryAgain={() => void query.refetch()} />
    if (hits.length === 0) return words('searchNoHits', { query: text.trim() })
    if (hits.length > SHOWN) return words('searchMore', { shown: SHOWN, count: hits.length })
    return words('searchHits', { count: hits.length })
  }

  return (
    <div className="activity-pupil">
      <Combobox<Pupil>
        label={t('whom')}
        placeholder={t('whomAnybody')}
        value={text}
        onValueChange={setText}
        options={hits.slice(0, SHOWN)}
        optionKey={({ id }) => id}
        renderOption={(pupil) => (
          <>
            {pupil.name} {pupil.homeClass && <span className="reason">{pupil.homeClass.name}</span>}
          </>
        )}
        optionText={({ name, homeClass }) => [name, homeClass?.name].filter(Boolean).join(', ')}
        onChoose={({ id }) => {
          setText('')
          keepFocus.current = true
          onChange(id)
        }}
        status={status()}
        inputRef={field}
        onFocus={() => setAsked(true)}
      />
    </div>
  )
}

/** The pupils within reach: the teacher's own, or the school's. */
function usePupils(institutionId: string | null, enabled: boolean) {
  const own = useQuery({
    ...myPupilsQuery,
    enabled: enabled && institutionId === null,
    select: ({ pupils }) => pupils,
  })
  const ofSchool = useQuery({
    ...wholeSchoolQuery(institutionId ?? ''),
    enabled: enabled && institutionId !== null,
    select: ({ pupils }) => pupils,
  })
  return institutionId === null ? own : ofSchool
}
