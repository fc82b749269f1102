import type { Duration } from '../../server/time'
import { asHoursAndMinutes, fill, useWords } from '../picker/words'

interface ButtonRowProps {
  className?: string | undefined
  buttonClassName?: string | undefined
}

interface JumpButtonsProps extends ButtonRowProps {
  jumps: readonly Duration[]
  onJump: (by: Duration) => void
}

/** Moves the school's clock forward. */
export function JumpButtons({ jumps, onJump, className, buttonClassName }: JumpButtonsProps) {
  const { words, locale } = useWords()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a second heading for a few buttons.
    <div className={className} role="group" aria-label={words.advance}>
      {jumps.map((by) => (
        <button key={by} type="button" className={buttonClassName} onClick={() => onJump(by)}>
          +{asHoursAndMinutes(by, locale)}
        </button>
      ))}
    </div>
  )
}

/** Stopped, as usual, fast, and so fast that two hours take two minutes. */
const speeds = [0, 1, 10, 60]

interface SpeedButtonsProps extends ButtonRowProps {
  speed: number
  onSpeed: (speed: number) => void
}

/** Lets the school's clock run fast, or stand still. */
export function SpeedButtons({ speed: current, onSpeed, className, buttonClassName }: SpeedButtonsProps) {
  const { words } = useWords()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a second heading for a few buttons.
    <div className={className} role="group" aria-label={words.speed}>
      {speeds.map((speed) => (
        <button
          key={speed}
          type="button"
          className={buttonClassName}
          aria-pressed={speed === current}
          onClick={() => onSpeed(speed)}
        >
          {speed === 0 ? words.pause : fill(words.times, { speed: String(speed) })}
        </button>
      ))}
    </div>
  )
}
