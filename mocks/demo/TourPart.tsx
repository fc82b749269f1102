import { useRef } from 'react'
import { STAFF_PASSWORD } from '../people'
import { fill, useWords } from '../picker/words'
import { next, startTour, stepOf, TOUR_LENGTH, type Tour } from './tour'

/** Whom a visitor plays as the teacher. */
export const TEACHER = 'lone4821'

interface TourPartProps {
  /** null where it was skipped. */
  tour: Tour | null
  onTour: (tour: Tour | null) => void
  isSignedIn: boolean
  onSignIn: () => void
}

/** The guided tour, a step at a time, above the two screens; where there is none, how to sign in and begin one. */
export function TourPart({ tour, onTour, isSignedIn, onSignIn }: TourPartProps) {
  const { words } = useWords()
  const buttons = useRef<HTMLDivElement>(null)
  const step = tour ? stepOf(tour) : undefined

  /** The button that was pressed may be gone: the first of those that are there now takes its focus. */
  function go(to: Tour | null) {
    onTour(to)
    requestAnimationFrame(() => buttons.current?.querySelector<HTMLElement>('[data-tour]')?.focus())
  }

  const texts = step ? words.tour.steps[step.name] : words.tour[tour ? 'over' : 'offer']
  const account = { username: TEACHER, password: STAFF_PASSWORD }
  return (
    <section className="demo-tour" aria-labelledby="demo-tour">
      <h2 id="demo-tour" className="visually-hidden">
        {words.tour.title}
      </h2>
      <div className="demo-tour-text" role="status">
        {tour && step && (
          <p className="demo-tour-place">
            <span>
              {fill(words.tour.progress, { number: String(tour.place + 1), count: String(TOUR_LENGTH) })}
            </span>{' '}
            <span className="demo-side">{words.both[step.side]}</span>
          </p>
        )}
        <p>
          <strong>{fill(texts.what, account)}</strong> {texts.why}
        </p>
        {!step && !isSignedIn && <p>{fill(words.both.account, account)}</p>}
      </div>
      <div className="demo-buttons" ref={buttons}>
        {!isSignedIn && (
          <button type="button" className="button button-primary button-small" onClick={onSignIn}>
            {words.both.signInForMe}
          </button>
        )}
        {tour && step ? (
          <>
            <button
              type="button"
              className="button button-secondary button-small"
              data-tour
              onClick={() => go(next(tour))}
            >
              {words.tour.next}
            </button>
            <button type="button" className="button button-tertiary button-small" onClick={() => go(null)}>
              {words.tour.skip}
            </button>
          </>
        ) : (
          <button
            type="button"
            className="button button-secondary button-small"
            data-tour
            onClick={() => go(startTour())}
          >
            {words.tour.start}
          </button>
        )}
      </div>
    </section>
  )
}
