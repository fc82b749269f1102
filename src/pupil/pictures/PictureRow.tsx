import { useTranslation } from 'react-i18next'
import type { PictureId } from '../../../server/passwords/pictures'
import { PICTURES } from './ids'
import { Picture } from './Picture'

interface PictureRowProps {
  pictures: readonly PictureId[]
  /** Also writes the name below each picture. */
  named?: boolean
}

const places = Array.from({ length: PICTURES }, (_, place) => place)

/** Four numbered places with the pictures in their order; those that are not chosen yet are empty. */
export function PictureRow({ pictures, named = false }: PictureRowProps) {
  const { t } = useTranslation('pupilPages')
  return (
    <ol className={named ? 'picture-row picture-row-large' : 'picture-row'} aria-label={t('pictures.chosen')}>
      {places.map((place) => {
        const id = pictures[place]
        return (
          <li key={place} className={id ? 'picture-place' : 'picture-place picture-place-empty'}>
            <span className="picture-number" aria-hidden="true">
              {place + 1}
            </span>
            {id ? (
              <>
                <Picture id={id} />
                <span className={named ? 'picture-name' : 'visually-hidden'}>{t(`pictures.name.${id}`)}</span>
              </>
            ) : (
              <span className="visually-hidden">{t('pictures.empty', { number: place + 1 })}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
