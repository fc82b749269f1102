import type { Institution, SchoolClass, Staff } from '../../people'
import type { UnitOfWork } from '../store'
import type { Connection } from './database'

type People = Pick<
  UnitOfWork,
  | 'staffByIds'
  | 'staffByUsername'
  | 'institutions'
  | 'institutionByDomain'
  | 'classesTaughtBy'
  | 'classes'
  | 'classesOfInstitution'
  | 'teachersOfClasses'
  | 'institutionsOfPupils'
  | 'classesOfPupils'
>

type InstitutionRow = Omit<Institution, 'localLoginDomain'> & { localLoginDomain: string | null }

const INSTITUTION = 'id, name, local_login_domain as "localLoginDomain"'
const CLASS = 'c.id, c.institution_id as "institutionId", c.kind, c.name, c.year'
export const STAFF = `s.id, s.username, s.name, s.active,
  (select coalesce(jsonb_agg(jsonb_build_object('institutionId', r.institution_id, 'role', r.role)
    order by r.institution_id, r.role), '[]') from staff_roles r where r.staff_id = s.id) as roles`

const toInstitution = ({ localLoginDomain, ...rest }: InstitutionRow): Institution =>
  localLoginDomain === null ? rest : { ...rest, localLoginDomain }

/** Rows under the id that they were asked for with; an id without rows has an empty list. */
function under<Row extends { of: string }>(ids: readonly string[], rows: readonly Row[]) {
  const groups = new Map<string, Omit<Row, 'of'>[]>(ids.map((id) => [id, []]))
  for (const { of, ...row } of rows) groups.get(of)?.push(row)
  return groups
}

/** Who there is, as the administrative system has it. */
export const people = ({ query }: Connection): People => ({
  staffByIds: (ids) => query<Staff>(`select ${STAFF} from staff s where s.id = any($1)`, [ids]),
  async staffByUsername(username) {
    const [found] = await query<Staff>(`select ${STAFF} from staff s where s.username = $1`, [username])
    return found ?? null
  },
  async institutions(ids) {
    const found = await query<InstitutionRow>(`select ${INSTITUTION} from institutions where id = any($1)`, [
      ids,
    ])
    return found.map(toInstitution)
  },
  async institutionByDomain(domain) {
    const [found] = await query<InstitutionRow>(
      `select ${INSTITUTION} from institutions where local_login_domain = $1`,
      [domain],
    )
    return found ? toInstitution(found) : null
  },
  classesTaughtBy: (staffId) =>
    query<SchoolClass>(
      `select ${CLASS} from teaching t join classes c on c.id = t.class_id where t.staff_id = $1`,
      [staffId],
    ),
  classes: (ids) => query<SchoolClass>(`select ${CLASS} from classes c where c.id = any($1)`, [ids]),
  classesOfInstitution: (institutionId) =>
    query<SchoolClass>(`select ${CLASS} from classes c where c.institution_id = $1`, [institutionId]),
  async teachersOfClasses(classIds) {
    const rows = await query<Staff & { of: string }>(
      `select t.class_id as "of", ${STAFF} from teaching t join staff s on s.id = t.staff_id
       where t.class_id = any($1) and s.active`,
      [classIds],
    )
    return under(classIds, rows)
  },
  async institutionsOfPupils(pupilIds) {
    const rows = await query<{ of: string; institutionId: string }>(
      `select e.pupil_id as "of", c.institution_id as "institutionId"
       from enrolments e join classes c on c.id = e.class_id where e.pupil_id = any($1)
       union
       select r.pupil_id, r.institution_id from registrations r where r.pupil_id = any($1)`,
      [pupilIds],
    )
    const groups = under(pupilIds, rows)
    return new Map([...groups].map(([id, found]) => [id, found.map(({ institutionId }) => institutionId)]))
  },
  async classesOfPupils(pupilIds) {
    const rows = await query<SchoolClass & { of: string }>(
      `select e.pupil_id as "of", ${CLASS} from enrolments e join classes c on c.id = e.class_id
       where e.pupil_id = any($1)`,
      [pupilIds],
    )
    return under(pupilIds, rows)
  },
})
