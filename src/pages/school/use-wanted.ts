import { useCallback, useEffect, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import type { Wanted } from '../../features/pupils/filters'
import { addressOf, wantedAt } from '../../features/pupils/list-address'

/** How long after the last letter the address follows; browsers refuse to change it at every one. */
const ADDRESS_FOLLOWS_AFTER_MS = 300

/** What is wanted of the list, kept in the address: it can be sent, and is still there on the way back. */
export function useWanted(): [Wanted, (change: Partial<Wanted>) => void] {
  const location = useLocation()
  const { pathname } = location
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
    function stop() {
      clearTimeout(timer)
      removeEventListener('click', write, { capture: true })
    }
    function write() {
      stop()
      // The browser may be on its way already, while this page is still drawn.
      if (globalThis.location.pathname !== pathname) return
      written.current = `${search}${hash}`
      navigate({ search, hash }, { replace: true, preventScrollReset: true })
    }
    const timer = setTimeout(write, ADDRESS_FOLLOWS_AFTER_MS)
    // What is pressed may lead away: first the way back is made to lead to what is shown.
    addEventListener('click', write, { capture: true })
    return stop
  }, [wanted, navigate, pathname])

  const change = useCallback(
    (changed: Partial<Wanted>) => setWanted((before) => ({ ...before, ...changed })),
    [],
  )
  return [wanted, change]
}
