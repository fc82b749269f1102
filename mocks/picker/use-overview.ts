import { useCallback, useEffect, useState } from 'react'
import type { Duration } from '../../server/time'
import type { Overview } from '../overview'
import type { School } from '../school'

/** How the school stands: once for a start, and where somebody is watching, again and again. */
export function useOverview(school: School, lookEvery: Duration | null) {
  const [overview, setOverview] = useState<Overview>()
  const look = useCallback(async () => setOverview(await school.overview()), [school])

  useEffect(() => {
    void look()
    if (lookEvery === null) return
    const timer = setInterval(() => void look(), lookEvery)
    return () => clearInterval(timer)
  }, [lookEvery, look])

  return { overview, look }
}
