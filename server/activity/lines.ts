import type { Reach } from '../access'
import { shownName } from '../people'
import type { ReadOnlyUnit } from '../store/store'
import { toIso } from '../time'
import type { ActivityEntry } from './entry'
import { type ActivityLine, PUPILS_NAMED } from './schema'

/** How those in the log may be named to the caller: pupils by the rule of every list, staff by name. */
export interface Names {
  /** null for a pupil out of reach. */
  pupil: (id: string) => string | null
  staff: (id: string) => string | null
}

export async function namesIn(
  unit: ReadOnlyUnit,
  reach: Reach,
  entries: readonly ActivityEntry[],
): Promise<Names> {
  const ids = entries.flatMap(({ pupilId, actorId, actorRole }) => [
    ...(pupilId === null ? [] : [pupilId]),
    ...(actorRole === 'pupil' && actorId !== null ? [actorId] : []),
  ])
  const pupils = new Map(
    (await reach.pupils([...new Set(ids)])).map(({ pupil }) => [pupil.id, shownName(pupil)]),
  )
  const actors = new Set(entries.flatMap(({ actorId }) => actorId ?? []))
  const staff = new Map((await unit.staffByIds([...actors])).map(({ id, name }) => [id, name]))
  return { pupil: (id) => pupils.get(id) ?? null, staff: (id) => staff.get(id) ?? null }
}

function actorOf({ actorId, actorRole }: ActivityEntry, names: Names): ActivityLine['actor'] {
  const asAdministrator = actorRole === 'userAdministrator'
  if (actorRole === 'import') return { kind: 'import', asAdministrator, name: null }
  if (actorId === null || actorRole === null) return { kind: 'nobody', asAdministrator, name: null }
  return actorRole === 'pupil'
    ? { kind: 'pupil', asAdministrator, name: names.pupil(actorId) }
    : { kind: 'staff', asAdministrator, name: names.staff(actorId) }
}

/** What one request did, as one line for each action and outcome: a whole class is one line, with its pupils inside. */
export function linesOf(entries: readonly ActivityEntry[], names: Names): ActivityLine[] {
  const lines = new Map<string, ActivityEntry[]>()
  for (const entry of entries) {
    const id = `${entry.requestId}-${entry.action}-${entry.outcome}`
    lines.set(id, [...(lines.get(id) ?? []), entry])
  }
  return [...lines].flatMap(([id, all]) => {
    const [first] = all
    if (!first) return []
    // What a pupil does is done to nobody else.
    const pupils = all.filter(({ pupilId, actorId }) => pupilId !== null && pupilId !== actorId)
    return [
      {
        id,
        at: toIso(first.at),
        actor: actorOf(first, names),
        action: first.action,
        outcome: first.outcome,
        reason: pupils.length === 0 ? first.reason : null,
        pupilCount: pupils.length,
        pupils: pupils.slice(0, PUPILS_NAMED).map(({ pupilId, reason }) => {
          const name = pupilId === null ? null : names.pupil(pupilId)
          return { id: name === null ? null : pupilId, name, reason }
        }),
        counts: first.counts ? [...first.counts] : [],
        source: first.source,
        requestId: first.requestId,
      },
    ]
  })
}
