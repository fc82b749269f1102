import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { PictureId } from '../../../server/passwords/pictures'
import { useAnnounce } from '../../ui/Announcer'
import { Button } from '../../ui/Button'
import { ProblemLine } from '../ProblemLine'
import { pictureIds } from './ids'
import { Picture } from './Picture'
import { PictureRow } from './PictureRow'

interface PicturePickerProps {
  chosen: readonly PictureId[]
  onChange: (chosen: PictureId[]) => void
  /** What is wrong with the choice. */
  problem: string | null
  /** The button for when all are picked. */
  children: ReactNode
}

/** Pictures in a row of the grid. */
const COLUMNS = 4

const places = ['first', 'second', 'third', 'fourth'] as const

/** Where an arrow key leads in the grid; undefined for other keys. */
function steps(key: string): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return 1
    case 'ArrowLeft':
      return -1
    case 'ArrowDown':
      return COLUMNS
    case 'ArrowUp':
      return -COLUMNS
    default:
      return undefined
  }
}

/**
 * Picks four pictures in order. Every picture is a button, reached by Tab as by the arrow keys, and each pick is said
 * with its place. What is chosen is shown: a child of six cannot do it blind.
 */
export function PicturePicker({ chosen, onChange, problem, children }: PicturePickerProps) {
  const { t } = useTranslation('pupilPages')
  const announce = useAnnounce()
  const grid = useRef<HTMLFieldSetElement>(null)
  const problemId = useId()
  const last = chosen.at(-1)

  function pick(id: PictureId) {
    const place = places[chosen.length]
    if (!place) {
      announce(t('pictures.full'))
      return
    }
    // No picture comes twice, and small fingers tap twice.
    if (chosen.includes(id)) {
      announce(t('pictures.already', { picture: t(`pictures.name.${id}`) }))
      return
    }
    onChange([...chosen, id])
    announce(t(`pictures.place.${place}`, { picture: t(`pictures.name.${id}`) }))
  }

  function erase() {
    if (!last) return
    onChange(chosen.slice(0, -1))
    announce(t('pictures.erased', { picture: t(`pictures.name.${last}`) }))
  }

  function move(event: KeyboardEvent, from: number) {
    const step = steps(event.key)
    if (step === undefined) return
    event.preventDefault()
    grid.current?.querySelectorAll('button')[from + step]?.focus()
  }

  return (
    <div className="picture-picker">
      <PictureRow pictures={chosen} />
      <fieldset ref={grid} className="picture-grid" aria-describedby={problemId}>
        <legend className="visually-hidden">{t('pictures.grid')}</legend>
        {pictureIds.map((id, place) => (
          <button
            key={id}
            type="button"
            className="picture-button"
            onClick={() => pick(id)}
            onKeyDown={(event) => move(event, place)}
          >
            <Picture id={id} />
            <span className="visually-hidden">{t(`pictures.name.${id}`)}</span>
          </button>
        ))}
      </fieldset>
      <ProblemLine id={problemId}>{problem}</ProblemLine>
      <div className="picture-actions">
        {children}
        <Button icon="undo" onClick={erase} aria-disabled={!last || undefined}>
          {t('pictures.erase')}
        </Button>
      </div>
    </div>
  )
}
