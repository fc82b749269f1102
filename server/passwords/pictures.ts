/** The pictures of a picture password, by name; pages draw them. */
export const pictures = [
  'moon',
  'sun',
  'cat',
  'dog',
  'fish',
  'bird',
  'tree',
  'flower',
  'house',
  'car',
  'boat',
  'ball',
  'apple',
  'star',
  'bike',
  'hat',
] as const
export type PictureId = (typeof pictures)[number]

/** How many pictures make a password, in order. [source document 004] */
export const PICTURES_IN_PASSWORD = 4

/** A picture password as it is sent and hashed: `sun cat boat apple`. */
export const inOrder = (picked: readonly PictureId[]): string => picked.join(' ')
