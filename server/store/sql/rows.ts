import { type Connection, json } from './database'

/** How many rows one statement brings. */
const ROWS = 5000

/**
 * Sends many rows to a statement that reads them from its one value, a list of documents.
 * @param sent told after each part how many rows it had
 */
export async function sendRows(
  { change }: Connection,
  rows: readonly object[],
  statement: string,
  sent: (count: number) => void = () => {},
): Promise<void> {
  for (let first = 0; first < rows.length; first += ROWS) {
    const part = rows.slice(first, first + ROWS)
    await change(statement, [json(part)])
    sent(part.length)
  }
}

const TEACHING = `jsonb_to_recordset($1::jsonb) as r("staffId" text, "classId" text)`
const ENROLMENTS = `jsonb_to_recordset($1::jsonb) as r("pupilId" text, "classId" text)`
const REGISTRATIONS = `jsonb_to_recordset($1::jsonb) as r("pupilId" text, "institutionId" text)`

/** Who is where: added, and taken away. */
export const bindings = {
  teaching: {
    add: `insert into teaching (staff_id, class_id) select "staffId", "classId" from ${TEACHING}`,
    remove: `delete from teaching t using ${TEACHING} where t.staff_id = r."staffId" and t.class_id = r."classId"`,
  },
  enrolments: {
    add: `insert into enrolments (pupil_id, class_id) select "pupilId", "classId" from ${ENROLMENTS}`,
    remove: `delete from enrolments e using ${ENROLMENTS}
      where e.pupil_id = r."pupilId" and e.class_id = r."classId"`,
  },
  registrations: {
    add: `insert into registrations (pupil_id, institution_id)
      select "pupilId", "institutionId" from ${REGISTRATIONS}`,
    remove: `delete from registrations g using ${REGISTRATIONS}
      where g.pupil_id = r."pupilId" and g.institution_id = r."institutionId"`,
  },
} as const

export const ADD_STAFF_ROLES = `insert into staff_roles (staff_id, institution_id, role)
  select "staffId", "institutionId", role
  from jsonb_to_recordset($1::jsonb) as ("staffId" text, "institutionId" text, role text)`
