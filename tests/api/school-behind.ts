import { openSchool } from '../../mocks/school'
import type { SchoolData, Snapshot } from '../../server/store/memory'
import type { Store } from '../../server/store/store'
import type { Clock } from '../../server/time'

/** What the tests of the API have in front of them: the API, and a way to look behind it. */
export interface SchoolBehind {
  fetch(request: Request): Promise<Response>
  readonly store: Store
  /** All that is stored, once everything that was waited for has been answered. */
  snapshot(): Snapshot
  codeOnPhone(): Promise<string>
  /** The pupil takes the window and sets the demo's password. */
  signInAlone(username: string): Promise<boolean>
  /** Changes what is stored, while everything else goes on. */
  change(next: (school: Snapshot) => Snapshot): void
  /** Where the log says that requests come from. */
  source: string
  /** A text as it comes out again. */
  kept(text: string): string
  /** How many bytes may be sent, at most, before it is known that nobody reads them. */
  onItsWay: number
}

/** In this process, over the memory store. */
export function schoolInMemory(data: SchoolData, clock: Clock): SchoolBehind {
  let school = openSchool({ school: data, clock })
  return {
    source: 'page',
    kept: (text) => text,
    onItsWay: 0,
    fetch: (request) => school.fetch(request),
    get store() {
      return school.store
    },
    snapshot: () => school.store.snapshot(),
    codeOnPhone: async () => (await school.overview()).phone[0]?.code ?? '',
    signInAlone: (username) => school.command({ do: 'signInAlone', username }),
    change(next) {
      const state = school.state()
      school = openSchool({ resume: { ...state, snapshot: next(state.snapshot) }, clock })
    },
  }
}
