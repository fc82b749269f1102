import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from 'react'

type Say = (message: string) => void
type Message = { key: number; text: string }

const AnnouncerContext = createContext<{ announce: Say; toast: Say; forget: () => void } | null>(null)

/** A message stays in the live region long enough to be read, then goes, so that nobody meets it later. */
const SPOKEN_MS = 7_000
/** A toast is shown for a time that grows with its text. */
const TOAST_MS = 4_000
const TOAST_MS_PER_CHARACTER = 50
/** More toasts than this at once would hide the page; the oldest goes first. */
const MAX_TOASTS = 3

/**
 * Holds the page's only polite live region and its toasts. Each message is a new element in the region, so it is said
 * once, also when the same words come again. The toast is for the eye; the region has already said it.
 */
export function AnnouncerProvider({ children }: { children: ReactNode }) {
  const [spoken, setSpoken] = useState<readonly Message[]>([])
  const [toasts, setToasts] = useState<readonly Message[]>([])
  const nextKey = useRef(0)

  const value = useMemo(() => {
    function announce(text: string) {
      nextKey.current += 1
      const message = { key: nextKey.current, text }
      setSpoken((messages) => [...messages, message])
    }
    function toast(text: string) {
      announce(text)
      const message = { key: nextKey.current, text }
      setToasts((messages) => [...messages, message].slice(-MAX_TOASTS))
    }
    function forget() {
      setSpoken([])
      setToasts([])
    }
    return { announce, toast, forget }
  }, [])

  const newestSpoken = spoken.at(-1)?.key
  useEffect(() => {
    if (newestSpoken === undefined) return
    const timer = setTimeout(() => {
      setSpoken((messages) => messages.filter((message) => message.key > newestSpoken))
    }, SPOKEN_MS)
    return () => clearTimeout(timer)
  }, [newestSpoken])

  return (
    <AnnouncerContext value={value}>
      {children}
      <div className="visually-hidden" role="status" aria-atomic="false">
        {spoken.map((message) => (
          <p key={message.key}>{message.text}</p>
        ))}
      </div>
      <Toasts
        toasts={toasts}
        onGone={(key) => setToasts((messages) => messages.filter((message) => message.key !== key))}
      />
    </AnnouncerContext>
  )
}

/** Says a message to users of screen readers, once and politely. */
export function useAnnounce(): Say {
  return useAnnouncer().announce
}

/** Shows a message for some seconds and says it once. Nothing may depend on its being seen. */
export function useToast(): Say {
  return useAnnouncer().toast
}

/** Takes all messages off the page at once, for they may name people. */
export function useForgetMessages(): () => void {
  return useAnnouncer().forget
}

function useAnnouncer() {
  const announcer = useContext(AnnouncerContext)
  if (announcer === null) throw new Error('useAnnounce and useToast need an AnnouncerProvider above them')
  return announcer
}

function Toasts({ toasts, onGone }: { toasts: readonly Message[]; onGone: (key: number) => void }) {
  const [paused, setPaused] = useState(false)
  const oldest = toasts[0]
  const latestOnGone = useRef(onGone)
  useEffect(() => {
    latestOnGone.current = onGone
  })

  useEffect(() => {
    if (oldest === undefined || paused) return
    const timer = setTimeout(
      () => latestOnGone.current(oldest.key),
      TOAST_MS + oldest.text.length * TOAST_MS_PER_CHARACTER,
    )
    return () => clearTimeout(timer)
  }, [oldest, paused])

  if (oldest === undefined) return null
  return (
    // Hidden from assistive technology, which has been told already. Whoever points at a toast is given time to read it.
    <div
      className="toast-container"
      aria-hidden="true"
      onPointerEnter={() => setPaused(true)}
      onPointerLeave={() => setPaused(false)}
    >
      {toasts.map((toast) => (
        <p key={toast.key} className="toast">
          {toast.text}
        </p>
      ))}
    </div>
  )
}
