import { school } from './1-school'
import { activity } from './2-activity'
import { events } from './3-events'
import { upkeep } from './4-upkeep'
import { sealing } from './6-sealing'

export interface Migration {
  name: string
  script: string
}

/**
 * Every step from an empty database to this program's, in order. A step that has been released is never changed, only
 * followed by another.
 */
export const migrations: readonly Migration[] = [
  { name: 'school', script: school },
  { name: 'activity', script: activity },
  { name: 'events', script: events },
  { name: 'upkeep', script: upkeep },
  { name: 'sealing', script: sealing },
]
