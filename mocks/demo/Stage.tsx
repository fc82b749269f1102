import { type ReactNode, type Ref, useState } from 'react'
import { useWords } from '../picker/words'
import type { Side } from './tour'

interface Screen {
  side: Side
  /** Where it begins. */
  address: string
  ref: Ref<HTMLIFrameElement>
}

interface StageProps {
  screens: readonly Screen[]
  /** Where the tour asks for something; null where it does not. */
  wanted: Side | null
  /** Stands beside the screens, or below them where there is no room: the demo's phone, once a code was sent to it. */
  children?: ReactNode
}

/** The screens side by side; where there is no room for that, one of them and the way to the other. */
export function Stage({ screens, wanted, children }: StageProps) {
  const { words } = useWords()
  const [shown, setShown] = useState<Side>('teacher')
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a second heading for two buttons. */}
      <div className="demo-switch" role="group" aria-label={words.both.show}>
        {screens.map(({ side }) => (
          <button
            key={side}
            type="button"
            className="button button-secondary"
            aria-pressed={side === shown}
            onClick={() => setShown(side)}
          >
            {words.both[side]}
            {side === wanted && side !== shown && (
              <>
                {' '}
                <span className="demo-dot" aria-hidden="true" />
                <span className="visually-hidden">{words.tour.isHere}</span>
              </>
            )}
          </button>
        ))}
      </div>
      <div className="demo-stage">
        {screens.map(({ side, address, ref }) => (
          <section
            key={side}
            className={`demo-screen demo-screen-${side}`}
            aria-labelledby={`demo-${side}`}
            data-shown={side === shown}
            data-wanted={side === wanted}
          >
            <h2 id={`demo-${side}`}>{words.both[side]}</h2>
            <iframe ref={ref} src={address} title={words.both.screens[side]} />
          </section>
        ))}
        {children}
      </div>
    </>
  )
}
