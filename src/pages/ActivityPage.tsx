import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate, useParams } from 'react-router'
import { serverNow } from '../api/server-clock'
import { ActivityFilters } from '../features/activity/ActivityFilters'
import { ActivityLog } from '../features/activity/ActivityLog'
import { addressOf, everything, type Shown, shownAt } from '../features/activity/address'
import { ExportButton } from '../features/activity/ExportButton'
import { type Log, newsQuery } from '../features/activity/queries'
import { dayOf } from '../i18n/calendar'
import { paths } from '../paths'
import { HelpLink } from '../ui/HelpLink'
import { PageHeading } from '../ui/PageHeading'
import { PupilFilter } from './activity/PupilFilter'

/** What has happened: a teacher's own acts, or, at an address that names a school, all of that school's. */
export function ActivityPage() {
  const { institutionId = null } = useParams()
  return <ActivityOf key={institutionId} institutionId={institutionId} />
}

function ActivityOf({ institutionId }: { institutionId: string | null }) {
  const { t } = useTranslation('activity')
  const { t: common } = useTranslation()
  const shown = shownAt(new URLSearchParams(useLocation().search))
  const navigate = useNavigate()
  const log: Log = { institutionId, shown }
  const isSchool = institutionId !== null
  const isEverything = addressOf(shown).size === 0
  const staff = useStaff(institutionId, isEverything)

  const show = (next: Shown) => navigate({ search: addressOf(next).toString() }, { replace: true })

  return (
    <>
      <PageHeading title={t('title')} documentTitle={common('documentTitle', { page: t('title') })}>
        <p>{t(isSchool ? 'schoolLead' : 'ownLead')}</p>
      </PageHeading>
      <PupilFilter
        institutionId={institutionId}
        pupilId={shown.pupilId}
        onChange={(pupilId) => show({ ...shown, pupilId })}
      />
      <ActivityFilters
        shown={shown}
        onChange={show}
        staff={isSchool ? staff : null}
        today={dayOf(serverNow())}
      />
      <ActivityLog
        // Another part of the log is another list: what was new in the first is not in the second.
        key={addressOf(shown).toString()}
        log={log}
        headingLevel={2}
        empty={
          <section className="empty-state" aria-labelledby="no-activity">
            <h2 id="no-activity">{t(isEverything ? 'emptyTitle' : 'noHitsTitle')}</h2>
            <p>{t(isEverything ? (isSchool ? 'emptySchoolText' : 'emptyText') : 'noHitsText')}</p>
            <HelpLink to={paths.help.to('hvad-er-elevadgang')}>{common('helpBeside')}</HelpLink>
          </section>
        }
      >
        {isSchool && <ExportButton log={log} />}
      </ActivityLog>
    </>
  )
}

/** Those of the staff to choose from: whoever is in the school's log, whatever part of it is shown. */
function useStaff(institutionId: string | null, isEverything: boolean) {
  const { data } = useQuery({
    ...newsQuery({ institutionId, shown: everything }),
    // The list of everything brings them along.
    enabled: institutionId !== null && !isEverything,
    refetchInterval: false,
    select: ({ staff }) => staff,
  })
  return data ?? []
}
