import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useParams } from 'react-router'
import type { StepUpService } from '../../../server/step-up/rules'
import { isApiError } from '../../api/errors'
import { useHasPassed } from '../../api/server-clock'
import { paths } from '../../paths'
import { useAnnounce } from '../../ui/Announcer'
import { Skeleton } from '../../ui/Skeleton'
import { serviceOf } from '../addresses'
import { ProblemPage } from '../ProblemPage'
import { isWaiting, type LatestRequest, latestRequestQuery, serviceQuery, sessionQuery } from '../queries'
import { EndedPage } from './EndedPage'
import { OpenService } from './OpenService'
import { WaitingPage } from './WaitingPage'

/** A service of the demo: open, waiting for a teacher, or why it is neither. */
export function ServicePage() {
  const service = serviceOf(useParams().service)
  if (!service) return <Navigate to={paths.pupil.to()} replace />
  return <Service key={service} service={service} />
}

function Service({ service }: { service: StepUpService }) {
  const { t } = useTranslation('pupilPages')
  const { t: common } = useTranslation()
  const queryClient = useQueryClient()
  const content = useQuery(serviceQuery(service))
  const latest = useQuery(latestRequestQuery)
  const opened = content.isError ? undefined : content.data
  // Nothing sensitive is shown a moment longer than it may, whatever the next answer says.
  const isOver = useHasPassed(opened?.levelEndsAt ?? FAR_AHEAD)
  const state = stateOf(latest.data, service)
  useOpenWhenApproved(service, state === 'approved')

  useEffect(() => {
    if (!isOver) return
    queryClient.removeQueries({ queryKey: serviceQuery(service).queryKey })
    void queryClient.refetchQueries({ queryKey: sessionQuery.queryKey })
  }, [isOver, service, queryClient])

  if (opened && !isOver) return <OpenService content={opened} />
  const failure = [content.error, latest.error].find((error) => error && !isStepUpRequired(error))
  if (failure) {
    return (
      <ProblemPage
        error={failure}
        busy={content.isFetching || latest.isFetching}
        onTryAgain={() => {
          void content.refetch()
          void latest.refetch()
        }}
      />
    )
  }
  if (content.isPending || !latest.data) return <Skeleton lines={4} label={common('loading')} />
  if (state === 'waiting' && latest.data.request) {
    return <WaitingPage request={latest.data.request} service={t(`services.${service}`)} />
  }
  return <EndedPage service={service} ended={endingOf(state)} />
}

/** Where nothing is open, nothing ends. */
const FAR_AHEAD = '9999-12-31T00:00:00Z'

const isStepUpRequired = (error: unknown) => isApiError(error) && error.type === 'step-up-required'

/** How the latest request stands, as far as it is about this service. */
type State = 'waiting' | NonNullable<LatestRequest['outcome']> | null

function stateOf(latest: LatestRequest | undefined, service: StepUpService): State {
  if (latest?.request?.service !== service) return null
  return isWaiting(latest) ? 'waiting' : latest.outcome
}

/** An approval that holds no more has run out; no request at all is there to be made. */
const endingOf = (state: State) => {
  if (state === 'approved') return 'over'
  return state === null || state === 'waiting' ? 'ask' : state
}

/** Opens the service, and says so, at the moment when a teacher has said yes. */
function useOpenWhenApproved(service: StepUpService, isApproved: boolean) {
  const { t } = useTranslation('pupilPages')
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const wasApproved = useRef(isApproved)
  useEffect(() => {
    const isNew = isApproved && !wasApproved.current
    wasApproved.current = isApproved
    if (!isNew) return
    announce(t('service.approved'))
    void queryClient.refetchQueries({ queryKey: serviceQuery(service).queryKey })
    void queryClient.refetchQueries({ queryKey: sessionQuery.queryKey })
  }, [isApproved, service, queryClient, announce, t])
}
