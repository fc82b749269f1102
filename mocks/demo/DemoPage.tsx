import { useEffect, useRef, useState } from 'react'
import { seconds } from '../../server/time'
import { askToSignIn } from '../picker/ask-to-sign-in'
import { useOverview } from '../picker/use-overview'
import { fill, useWords } from '../picker/words'
import { forgetPasswords } from '../pupil-side/kept-passwords'
import type { School } from '../school'
import { PhoneScreen } from '../staff-side/PhoneScreen'
import { ClockBar } from './ClockBar'
import { useFocusKept } from './keep-focus'
import { type DemoLanguage, useDemoLanguage } from './language'
import { Stage } from './Stage'
import { TEACHER, TourPart } from './TourPart'
import { follow, startTour, stepOf, type Tour } from './tour'

/** So that the tour goes on as soon as something is done, and the clock shows every second. */
const LOOK_EVERY = seconds(0.5)

interface DemoPageProps {
  school: School
  language: DemoLanguage
}

/** Teacher and pupil side by side, each in a page of the app, on one school. */
export function DemoPage({ school, language }: DemoPageProps) {
  const { words } = useWords()
  const { overview, look } = useOverview(school, LOOK_EVERY)
  const teacher = useRef<HTMLIFrameElement>(null)
  const pupil = useRef<HTMLIFrameElement>(null)
  const [tour, setTour] = useState<Tour | null>(startTour)
  const [told, setTold] = useState('')

  const expectFocusToMove = useFocusKept()
  const changeLanguage = useDemoLanguage(language, () => {
    for (const { current } of [teacher, pupil]) {
      if (current) expectFocusToMove(current)
      current?.contentWindow?.location.reload()
    }
  })
  useEffect(() => {
    document.title = words.both.documentTitle
  }, [words])

  // biome-ignore lint/correctness/useExhaustiveDependencies: they open once.
  useEffect(() => {
    for (const { current } of [teacher, pupil]) if (current) expectFocusToMove(current)
  }, [])

  // React's own way of following what is read from outside.
  const followed = tour && overview ? follow(tour, overview) : tour
  if (followed !== tour) setTour(followed)

  function open({ current: frame }: typeof teacher, address: string) {
    if (frame) expectFocusToMove(frame)
    frame?.contentWindow?.location.replace(address)
  }

  async function signInAsTeacher() {
    const { ok, status } = await askToSignIn(TEACHER)
    if (!ok) {
      setTold(fill(words.signInRefused, { name: TEACHER, problem: String(status) }))
      return
    }
    open(teacher, '/mine-klasser')
    await look()
  }

  async function beginAnew() {
    await school.command({ do: 'load', scenario: 'normal' })
    forgetPasswords()
    open(teacher, '/')
    open(pupil, '/elev')
    setTold(words.both.resetDone)
    // The tour begins in the new school, not in what is still known of the old one.
    await look()
    setTour((current) => current && startTour())
  }

  const step = tour ? stepOf(tour) : undefined
  return (
    <>
      <header className="demo-header">
        <h1>{words.both.title}</h1>
        <div className="demo-buttons">
          <button
            type="button"
            className="button button-tertiary button-small"
            lang={words.both.otherLanguageCode}
            onClick={changeLanguage}
          >
            {words.both.otherLanguage}
          </button>
          <a className="button button-tertiary button-small" href="/">
            {words.both.toFront}
          </a>
        </div>
      </header>
      <main className="demo-main">
        <TourPart
          tour={tour}
          onTour={setTour}
          isSignedIn={overview?.isStaffSignedIn ?? true}
          onSignIn={() => void signInAsTeacher()}
        />
        <Stage
          screens={[
            { side: 'teacher', address: '/', ref: teacher },
            { side: 'pupil', address: '/elev', ref: pupil },
          ]}
          wanted={step?.side ?? null}
        >
          {overview?.phone[0] && <PhoneScreen latest={overview.phone[0]} />}
        </Stage>
        {overview && (
          <ClockBar
            overview={overview}
            onCommand={(command) => void school.command(command).then(look)}
            onReset={() => void beginAnew()}
          />
        )}
        <p className="visually-hidden" role="status">
          {told}
        </p>
      </main>
    </>
  )
}
