import { useCallback, useEffect, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { Wanted } from '../../features/pupils/filters'
import { addressOf, wantedAt } from '../../features/pupils/list-address'

/** How long after the last letter the address follows; browsers refuse to change it at every one. */
const ADDRESS_FOLLOWS_AFTER_MS = 300

/** What is wanted of the list, kept in the address: it can be sent, and is still there on the way back. */
export function useWanted(): [Wanted, (change: Partial<Wanted>) => void] {
  const location = useLocation()
  const navigate = useNavigate()
  const [wanted, setWanted] = useState(() => wantedAt(location))
  const shown = `${location.search}${location.hash}`
  const written = useRef(shown)

  // The address was changed by something else: a link to this very page, Back or Forward.
  useEffect(() => {
    if (shown === written.current) return
    written.current = shown
    setWanted(wantedAt({ search: location.search, hash: location.hash }))
  }, [shown, location.search, location.hash])

  useEffect(() => {
    const { search, hash } = addressOf(wanted)
    if (`${search}${hash}` === written.current) return
    const timer = setTimeout(() => {
      written.current = `${search}${hash}`
      navigate({ search, hash }, { replace: true, preventScrollReset: true })
    }, ADDRESS_FOLLOWS_AFTER_MS)
    return () => clearTimeout(timer)
  }, [wanted, navigate])

  const change = useCallback(
    (changed: Partial<Wanted>) => setWanted((before) => ({ ...before, ...changed })),
    [],
  )
  return [wanted, change]
}
