import type { PictureId } from '../../../server/passwords/pictures'
import { shapes } from './shapes'

/** How many pictures make a password. */
export const PICTURES = 4

const isPicture = (word: string): word is PictureId => word in shapes

/** The pictures in the order of the grid, which never changes: hands remember places, too. */
export const pictureIds: readonly PictureId[] = Object.keys(shapes).filter(isPicture)

/** The password that four pictures make. */
export const passwordOf = (pictures: readonly PictureId[]): string => pictures.join(' ')

/** The pictures of a password. */
export const picturesOf = (password: string): PictureId[] => password.split(' ').filter(isPicture)
