import { type Duration, hours } from '../time'

/** How long a key is remembered: long past any page that would send it again. */
export const KEY_LIFETIME: Duration = hours(24)
