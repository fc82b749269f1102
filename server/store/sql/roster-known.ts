import type {
  Known,
  KnownClass,
  KnownInstitution,
  KnownPupil,
  KnownStaff,
  RosterUnit,
} from '../../roster/target'
import type { Connection } from './database'

/** How many one statement finds. */
const BATCH = 2000

const LINK = 'l.sourced_id as "sourcedId", l.gone_at as "goneAt"'
/** Of this source and kind, in order, from after the last of the batch before. */
const after = (kind: string) => `l.source = $1 and l.kind = '${kind}' and l.sourced_id > $2
  order by l.sourced_id limit ${BATCH}`

const INSTITUTIONS = `select ${LINK}, json_build_object('id', i.id, 'name', i.name) as institution
  from roster_links l join institutions i on i.id = l.id where ${after('institution')}`

const CLASSES = `select ${LINK}, json_build_object('id', c.id, 'institutionId', c.institution_id, 'kind', c.kind,
    'name', c.name, 'year', c.year) as "schoolClass"
  from roster_links l join classes c on c.id = l.id where ${after('class')}`

const STAFF = `select ${LINK}, json_build_object('id', s.id, 'username', s.username, 'name', s.name,
    'active', s.active, 'roles', (select coalesce(json_agg(json_build_object('institutionId', r.institution_id,
      'role', r.role)), '[]') from staff_roles r where r.staff_id = s.id)) as staff,
    array(select t.class_id from teaching t where t.staff_id = s.id) as "classIds"
  from roster_links l join staff s on s.id = l.id where ${after('staff')}`

const PUPILS = `select ${LINK}, json_build_object('id', p.id, 'username', p.username, 'name', p.name,
    'alias', p.alias, 'year', p.year, 'signInKind', p.sign_in_kind, 'movedUpAt', p.moved_up_at,
    'active', p.active, 'policyOverride', p.policy_override) as pupil,
    array(select e.class_id from enrolments e where e.pupil_id = p.id) as "classIds",
    array(select g.institution_id from registrations g where g.pupil_id = p.id) as "institutionIds"
  from roster_links l join pupils p on p.id = l.id where ${after('pupil')}`

/** Everything that a source has brought, as one unit sees it. */
export function knownTo({ query }: Connection, source: string) {
  async function* inBatches<K extends Known>(text: string): AsyncGenerator<readonly K[]> {
    let last = ''
    for (;;) {
      const batch = await query<K>(text, [source, last])
      yield batch
      if (batch.length < BATCH) return
      last = batch.at(-1)?.sourcedId ?? ''
    }
  }
  return {
    institutions: () => inBatches<KnownInstitution>(INSTITUTIONS),
    classes: () => inBatches<KnownClass>(CLASSES),
    staff: () => inBatches<KnownStaff>(STAFF),
    pupils: () => inBatches<KnownPupil>(PUPILS),
  } satisfies Partial<RosterUnit>
}
