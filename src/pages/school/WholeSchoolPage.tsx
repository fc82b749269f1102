import { useQuery } from '@tanstack/react-query'
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ProblemNotice } from '../../api/ProblemNotice'
import {
  type Deed,
  type DeedFor,
  type DeedOutcome,
  type Refused,
  useAnyUnderWay,
  useCarryOut,
} from '../../api/pupil-actions'
import { type Batch, useBatch } from '../../api/pupil-batch'
import type { Pupil } from '../../api/pupil-cache'
import { useLookAgainAtNextDeadline } from '../../api/pupil-deadlines'
import { BlockDialog } from '../../features/block/BlockDialog'
import { UnblockDialog } from '../../features/block/UnblockDialog'
import { giveNewPassword } from '../../features/password-reset/queries'
import { PolicyDialog } from '../../features/policy/PolicyDialog'
import { countFilters, everybody, filterPupils, isEverybody } from '../../features/pupils/filters'
import { MissingPupil } from '../../features/pupils/MissingPupil'
import { select, setTicked, useSelection } from '../../features/pupils/selection'
import { endStepUp, stepUp } from '../../features/step-up/queries'
import { ExportButton } from '../../features/take-away/ExportButton'
import { PrintButton } from '../../features/take-away/PrintButton'
import { wholeSchoolQuery } from '../../features/whole-school/queries'
import type { WholeSchool } from '../../features/whole-school/rows'
import { useFormat } from '../../i18n/format'
import { paths } from '../../paths'
import { useAnnounce, useToast } from '../../ui/Announcer'
import { Button } from '../../ui/Button'
import { Checkbox } from '../../ui/Checkbox'
import { HelpLink } from '../../ui/HelpLink'
import { Icon } from '../../ui/Icon'
import { PageHeading } from '../../ui/PageHeading'
import { SelectionBar } from '../../ui/SelectionBar'
import { useShortcut } from '../../ui/shortcut'
import { TableSkeleton } from '../../ui/TableSkeleton'
import { type Asking, Confirmation } from '../class/Confirmation'
import { useOutcomeWords } from '../class/outcome-words'
import { Queue } from '../Queue'
import { askForCode } from './AskForCode'
import { BatchReport } from './BatchReport'
import type { SchoolPageProps } from './SchoolApp'
import { SchoolFilters } from './SchoolFilters'
import { SchoolTable } from './SchoolTable'
import { useWanted } from './use-wanted'

const COLUMNS = 6
const ROWS_IN_A_WINDOW = 12

/** All pupils of one school. */
export function WholeSchoolPage({ school: { id, name }, hasOthers }: SchoolPageProps) {
  const { t } = useTranslation('wholeSchool')
  const { t: common } = useTranslation()
  const query = useQuery(wholeSchoolQuery(id))
  const school = query.data
  useLookAgainAtNextDeadline(wholeSchoolQuery(id).queryKey, school?.pupils)
  const title = t('schoolTitle', { school: name })
  return (
    <>
      {hasOthers && (
        <Link to={paths.schools.to()} className="back-link">
          <Icon name="arrow-back" />
          {t('otherSchool')}
        </Link>
      )}
      <PageHeading title={title} documentTitle={common('documentTitle', { page: title })} focusKey={id}>
        {school && <p>{t('schoolLine', { count: school.pupils.length })}</p>}
      </PageHeading>
      {query.isError && (
        <ProblemNotice error={query.error} busy={query.isFetching} onTryAgain={() => void query.refetch()} />
      )}
      {query.isPending && (
        <TableSkeleton columns={COLUMNS} rows={ROWS_IN_A_WINDOW} label={t('loadingSchool')} />
      )}
      {school && school.pupils.length === 0 && (
        <section className="empty-state" aria-labelledby="no-pupils">
          <h2 id="no-pupils">{t('emptySchoolTitle')}</h2>
          <p>{t('emptySchoolText')}</p>
          <HelpLink to={paths.help.to('ingen-elever')}>{common('helpBeside')}</HelpLink>
        </section>
      )}
      {school && <Queue />}
      {/* Another school is another list: nothing of the first stays. */}
      {school && school.pupils.length > 0 && <SchoolList key={id} institutionId={id} school={school} />}
    </>
  )
}

function SchoolList({ institutionId, school }: { institutionId: string; school: WholeSchool }) {
  const { t } = useTranslation('wholeSchool')
  const format = useFormat()
  const announce = useAnnounce()
  const toast = useToast()
  const carryOut = useCarryOut()
  const { done: words } = useOutcomeWords()
  const [wanted, change] = useWanted()
  const [asking, setAsking] = useState<{ action: Asked; pupils: readonly Pupil[] } | null>(null)
  const reportElement = useRef<HTMLDivElement>(null)
  const searchField = useRef<HTMLInputElement>(null)
  useShortcut('/', () => {
    searchField.current?.focus()
    searchField.current?.select()
  })

  const selectionKey = `school ${institutionId}`
  const { batch, start, tryAgain, dismiss } = useBatch(selectionKey)
  const selection = useSelection(selectionKey)
  const { pupils, classes, institution } = school

  const shown = useMemo(() => filterPupils(pupils, wanted), [pupils, wanted])
  // The letter that was typed and the rows come first, the numbers of the filters right after.
  const wantedLater = useDeferredValue(wanted)
  const counts = useMemo(() => countFilters(pupils, wantedLater), [pupils, wantedLater])
  const selected = useMemo(() => pupils.filter(({ id }) => selection.has(id)), [pupils, selection])
  const selectedShown = useMemo(() => shown.filter(({ id }) => selection.has(id)).length, [shown, selection])
  const isAllSelected = shown.length > 0 && selectedShown === shown.length

  const act = useCallback(
    async (deed: Deed) => {
      const outcome = await carryOut(deed)
      if (outcome?.state === 'answered' && outcome.done.length > 0) announce(words(deed.action, outcome.done))
    },
    [carryOut, announce, words],
  )
  const actInRow = useCallback((deed: Deed) => void act(deed), [act])

  /** For many: the report tells how it goes and ends, and those it was done for are no longer ticked. */
  async function actForMany(attempt: () => ReturnType<typeof start>) {
    const ended = await attempt()
    if (!ended) return
    letGo(ended.done)
    requestAnimationFrame(() => {
      if (reportElement.current) leadToReport()
      // It went on while the person was at another page.
      else if (ended.done.length > 0) toast(words(ended.action, ended.done))
    })
  }
  const letGo = (done: readonly Pupil[]) =>
    setTicked(
      selectionKey,
      done.map(({ id }) => id),
      false,
    )
  /** Whoever has gone on to search or choose meanwhile is not called away. */
  function leadToReport() {
    if (!document.activeElement?.closest('search, table')) reportElement.current?.focus()
  }

  /** For the dialogs, which wait for the answer and tell themselves what went wrong. */
  async function send(deedFor: DeedFor, who: readonly Pupil[], before = nothingYet): Promise<DeedOutcome> {
    const ended = await start(deedFor, who, before)
    if (!ended) return null
    const { done, refused, failed, error } = ended
    if (!error) return { state: 'answered', done: [...done], refused: [...refused] }
    // For those it was done for, it stays told when the dialog is closed.
    if (done.length === 0) dismiss()
    letGo(done)
    return { state: 'failed', error, again: () => send(deedFor, failed, ended) }
  }

  /** What was done is told by the report; those it was done for are no longer ticked. */
  function answered({ done }: { done: readonly Pupil[] }) {
    setAsking(null)
    letGo(done)
    requestAnimationFrame(leadToReport)
  }

  const begin = (deedFor: DeedFor, who: readonly Pupil[], leftOut: readonly Refused[] = []) =>
    void actForMany(() => start(deedFor, who, { ...nothingYet, refused: leftOut }))

  function toggleAll() {
    const next = new Set(selection)
    for (const { id } of shown) {
      if (isAllSelected) next.delete(id)
      else next.add(id)
    }
    select(selectionKey, next)
  }

  const close = () => setAsking(null)
  const dialog = { onSend: send, secondFactor: askForCode, onClose: close }
  return (
    <>
      <SchoolFilters
        wanted={wanted}
        counts={counts}
        classes={classes}
        searchRef={searchField}
        onChange={change}
        onReset={() => change({ ...everybody, sort: wanted.sort })}
      />
      {batch && (
        <BatchReport
          ref={reportElement}
          batch={batch}
          onTryAgain={() => void actForMany(tryAgain)}
          onDismiss={() => {
            dismiss()
            focusHeading()
          }}
        />
      )}
      <div className="toolbar">
        {shown.length > 0 && (
          <Checkbox
            label={t('selectAll', { count: shown.length, number: format.number(shown.length) })}
            checked={isAllSelected}
            indeterminate={!isAllSelected && selectedShown > 0}
            onChange={toggleAll}
          />
        )}
        <p role="status">
          {isEverybody(wanted)
            ? t('everybody', { count: shown.length, number: format.number(shown.length) })
            : t('shown', {
                count: shown.length,
                number: format.number(shown.length),
                total: format.number(pupils.length),
              })}
        </p>
        {shown.length > 0 && (
          <div className="button-row">
            <ExportButton pupils={shown} fileName={fileNameOf(institution.name)} />
            <PrintButton pupils={shown} />
          </div>
        )}
      </div>
      {shown.length === 0 ? (
        <section className="empty-state" aria-labelledby="no-hits">
          <h2 id="no-hits">{t('noHitsTitle')}</h2>
          <p>{t('noHitsText')}</p>
          <Button onClick={() => change({ ...everybody, sort: wanted.sort })}>{t('resetFilters')}</Button>
          {wanted.text.trim() !== '' && <MissingPupil headingLevel={3} />}
        </section>
      ) : (
        <SchoolTable
          institutionId={institutionId}
          selectionKey={selectionKey}
          name={institution.name}
          pupils={shown}
          sort={wanted.sort}
          onSort={(sort) => change({ sort })}
          onAct={actInRow}
        />
      )}
      {selected.length > 0 && (
        <Selected
          selected={selected}
          outOfSight={selected.length - selectedShown}
          running={batch?.running ?? false}
          onAsk={(action) => setAsking({ action, pupils: selected })}
          onEnd={(who) => begin(endStepUp, who)}
          onClear={() => {
            select(selectionKey, [])
            focusHeading()
          }}
        />
      )}
      {(asking?.action === 'giveNewPassword' || asking?.action === 'stepUp') && (
        <Confirmation
          asking={{ action: asking.action, pupils: asking.pupils }}
          onConfirm={(covered, leftOut) => {
            setAsking(null)
            begin(asking.action === 'giveNewPassword' ? giveNewPassword : stepUp, covered, leftOut)
          }}
          onClose={close}
        />
      )}
      {asking?.action === 'setPolicy' && (
        <PolicyDialog
          {...dialog}
          pupils={asking.pupils}
          onGiveNewPassword={(who) => {
            close()
            begin(giveNewPassword, who)
          }}
        />
      )}
      {asking?.action === 'block' && <BlockDialog {...dialog} pupils={asking.pupils} onAnswered={answered} />}
      {asking?.action === 'unblock' && (
        <UnblockDialog {...dialog} pupils={asking.pupils.filter(isBlocked)} onAnswered={answered} />
      )}
    </>
  )
}

/** What can be asked for those who are ticked. */
type Asked = Asking['action'] | 'setPolicy' | 'block' | 'unblock'

const isBlocked = ({ status }: Pupil) => status.block !== null

const nothingYet: Pick<Batch, 'done' | 'refused'> = { done: [], refused: [] }

/** What a school's file is called; no pupil is named in it. */
const fileNameOf = (school: string) => school.toLowerCase().replaceAll(' ', '-')

const focusHeading = () => document.querySelector<HTMLElement>('h1')?.focus()

interface SelectedProps {
  selected: readonly Pupil[]
  /** How many of them the filters leave out of sight. */
  outOfSight: number
  running: boolean
  onAsk: (action: Asked) => void
  onEnd: (pupils: readonly Pupil[]) => void
  onClear: () => void
}

/** The bar for the ticked pupils: how many, also where a filter hides them, and what can be done. */
function Selected({ selected, outOfSight, running, onAsk, onEnd, onClear }: SelectedProps) {
  const { t } = useTranslation('wholeSchool')
  const { t: pupils } = useTranslation('pupils')
  const { t: reset } = useTranslation('passwordReset')
  const { t: stepUpWords } = useTranslation('stepUp')
  const { t: policy } = useTranslation('policy')
  const { t: block } = useTranslation('block')
  const busy = useAnyUnderWay(selected) || running
  const steppedUp = selected.filter((pupil) => pupil.status.stepUp !== null)
  return (
    <SelectionBar label={pupils('selectionBar')}>
      <div className="selection-bar-text">
        <p role="status">
          <strong>{pupils('selected', { count: selected.length })}</strong>
          {outOfSight > 0 && ` ${t('outOfSight', { count: outOfSight })}`}
        </p>
      </div>
      {/* Beside the count, so that the actions, which are many, stay together where they need two lines. */}
      <Button variant="tertiary" onClick={onClear}>
        {pupils('clearSelection')}
      </Button>
      <Button variant="primary" busy={busy} onClick={() => onAsk('giveNewPassword')}>
        {reset('give')}
      </Button>
      <Button variant="secondary" busy={busy} onClick={() => onAsk('stepUp')}>
        {stepUpWords('give')}
      </Button>
      {steppedUp.length > 0 && (
        <Button variant="secondary" busy={busy} onClick={() => onEnd(steppedUp)}>
          {stepUpWords('end')}
        </Button>
      )}
      <Button variant="secondary" busy={busy} onClick={() => onAsk('setPolicy')}>
        {policy('policy')}
      </Button>
      <Button variant="secondary" busy={busy} onClick={() => onAsk('block')}>
        {block('block')}
      </Button>
      {selected.some(isBlocked) && (
        <Button variant="secondary" busy={busy} onClick={() => onAsk('unblock')}>
          {block('unblock')}
        </Button>
      )}
    </SelectionBar>
  )
}
