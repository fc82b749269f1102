import type { PictureId } from '../../../server/passwords/pictures'
import { shapes } from './shapes'

/** One of the sixteen pictures. Its name stands beside it or in the label of what holds it. */
export function Picture({ id }: { id: PictureId }) {
  return (
    <svg className="picture" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      {shapes[id]}
    </svg>
  )
}
