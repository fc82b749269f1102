import { QueryClient } from '@tanstack/react-query'
import { isApiError } from '../api/errors'

/** Once more, for a connection that only blinked; everything else is told to the person at once. */
const shouldTryAgain = (failures: number, error: unknown) =>
  failures < 1 && isApiError(error) && error.type === 'no-connection'

const TRY_AGAIN_AFTER_MS = 500

/** The cache of answers. Actions never go through its retries; see api/pupil-actions.ts. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: shouldTryAgain,
        retryDelay: TRY_AGAIN_AFTER_MS,
        networkMode: 'always',
        refetchOnReconnect: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
